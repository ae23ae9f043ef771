package dev.openaigateway.text;

import java.util.HexFormat;

/**
 * A text as the value of an option in the URI of an endpoint. Camel decodes an ampersand before it separates the options, however it is encoded, and
 * takes {@code +}, {@code RAW(} and a percent sign for more than text. So each such character has a form that Camel passes on as it is.
 */
public final class UriText {

    /** A character for private use, which no text of a rule has; four digits of the character follow. */
    private static final char MARK = '\uE000';
    private static final int DIGITS = 4;
    private static final String KEPT = " -._~:/,;=!'()*@\"[]{}?";
    private static final String PLACEHOLDER = "{{";
    private static final String PLACEHOLDER_END = "}}";

    private UriText() {
    }

    /** A value that the component has to read by {@link #written}. Camel still resolves the placeholders of properties in it. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        int placeholders = 0;
        for (int i = 0; i < text.length(); i++) {
            placeholders += text.startsWith(PLACEHOLDER, i) ? 1 : text.startsWith(PLACEHOLDER_END, i) && placeholders > 0 ? -1 : 0;
            char at = text.charAt(i);
            if (placeholders > 0 || isPlain(text, i)) {
                escaped.append(at);
            } else {
                escaped.append(MARK).append(HexFormat.of().toHexDigits(at));
            }
        }
        return escaped.toString();
    }

    /** Blanks at the ends would be lost, and what follows the first letter of {@code RAW(} could end the value. */
    private static boolean isPlain(String text, int index) {
        char at = text.charAt(index);
        if (at == ' ' && (index == 0 || index == text.length() - 1) || index == 0 && text.startsWith("RAW")) {
            return false;
        }
        return at == MARK ? false : Character.isLetterOrDigit(at) || KEPT.indexOf(at) >= 0;
    }

    /** The text as it was before {@link #escaped}; any other as it is. */
    public static String written(String value) {
        if (value.indexOf(MARK) < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char at = value.charAt(i);
            if (at == MARK && i + DIGITS < value.length() && isHex(value, i + 1)) {
                text.append((char) HexFormat.fromHexDigits(value, i + 1, i + 1 + DIGITS));
                i += DIGITS;
            } else {
                text.append(at);
            }
        }
        return text.toString();
    }

    private static boolean isHex(String value, int from) {
        return value.substring(from, from + DIGITS).chars().allMatch(HexFormat::isHexDigit);
    }
}
