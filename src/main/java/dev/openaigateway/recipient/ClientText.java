package dev.openaigateway.recipient;

import dev.openaigateway.openai.Errors;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Text that a client may have chosen, in a URI. */
final class ClientText {

    private static final String UNRESERVED = "-._~";
    private static final String IN_PATH = UNRESERVED + "/:@*=+";
    private static final Pattern EVALUATED = Pattern.compile("\\{\\{|\\$\\{|\\$simple\\{");
    /** A value that Camel takes as it stands in the URI, and so would not decode. */
    private static final Pattern RAW = Pattern.compile("RAW[({]");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._-]*");
    private static final Pattern PARENT = Pattern.compile("(^|/)\\.\\.(/|$)");
    /** What ends a path or a value. Camel decodes a path, and a value for HTTP, before it looks for the end. */
    private static final Pattern PATH_END = Pattern.compile("[?#%]");
    private static final Pattern VALUE_END = Pattern.compile("[&#%]");

    private ClientText() {
    }

    static String encoded(String text) {
        return encoded(text, UNRESERVED);
    }

    /** Keeps what separates the parts of a path, since a rule may give several at once. */
    static String encodedPath(String text) {
        return encoded(text, IN_PATH);
    }

    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char at = (char) (each & 0xff);
            boolean isKept = at < 0x80 && (Character.isLetterOrDigit(at) || kept.indexOf(at) >= 0);
            encoded.append(isKept ? String.valueOf(at) : "%" + HexFormat.of().withUpperCase().toHexDigits(each));
        }
        return encoded.toString();
    }

    /** Refuses placeholders and expressions, also encoded ones. */
    static void requireNothingEvaluated(String text) {
        refuseIf(EVALUATED.matcher(text).find() || EVALUATED.matcher(decoded(text)).find(), "a placeholder or an expression");
    }

    /** Camel resolves placeholders and references in the values of options after it has decoded them. */
    static void requireOption(String text) {
        refuseIf(text.contains("{{"), "a placeholder");
        refuseIf(RAW.matcher(text).find(), "a raw value");
        refuseIf(text.strip().startsWith("#"), "a reference to a bean");
    }

    /** Camel's optimised sends over HTTP encode the value themselves. */
    static void requireValue(String text) {
        refuseIf(VALUE_END.matcher(text).find(), "one of the characters & # % from the request");
    }

    static void requirePath(String text) {
        refuseIf(PATH_END.matcher(text).find(), "one of the characters ? # % from the request");
        refuseIf(PARENT.matcher(text).find(), "a parent folder");
    }

    /** For a place of which it is unclear what reads it. */
    static void requireName(String text) {
        refuseIf(!NAME.matcher(text).matches(), "other characters than those of a name");
    }

    static void requireNoDelimiter(Delimiter delimiter, String text) {
        refuseIf(delimiter.isTouchedBy(text), "a character of the step's delimiter from the request");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static void refuseIf(boolean isRefused, String what) {
        if (isRefused) {
            throw Errors.ruleFailed("A rule did not send the request on: the endpoint that it computed would contain " + what + ".").exception();
        }
    }
}
