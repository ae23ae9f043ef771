package dev.openaigateway.text;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * A text as the value of an option in the URI of an endpoint. Camel decodes an ampersand before it separates the options, however it is encoded, and
 * takes {@code +}, {@code RAW(} and a percent sign for more than text. So each such character has a form that Camel passes on as it is. Each process
 * has a form of its own, which no request can contain: otherwise a client could hide characters from the checks of computed endpoints.
 */
public final class UriText {

    /** Random characters for private use; four digits of the character follow. */
    private static final String MARK = new SecureRandom().ints(5, 0xE000, 0xF900).mapToObj(Character::toString).collect(Collectors.joining());
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
        return Character.isLetterOrDigit(at) || KEPT.indexOf(at) >= 0;
    }

    /** Whether {@link #written} would change the text. */
    public static boolean isMarked(String text) {
        return text.contains(MARK);
    }

    /** The text as it was before {@link #escaped}; any other as it is. */
    public static String written(String value) {
        StringBuilder text = new StringBuilder(value.length());
        int from = 0;
        int last = value.length() - MARK.length() - DIGITS;
        for (int mark = value.indexOf(MARK); mark >= 0 && mark <= last; mark = value.indexOf(MARK, from)) {
            int digits = mark + MARK.length();
            text.append(value, from, mark).append((char) HexFormat.fromHexDigits(value, digits, digits + DIGITS));
            from = digits + DIGITS;
        }
        return text.append(value, from, value.length()).toString();
    }
}
