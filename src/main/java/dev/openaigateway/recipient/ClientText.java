package dev.openaigateway.recipient;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.text.UriText;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Text that a client may have chosen, in a URI. */
final class ClientText {

    private static final String UNRESERVED = "-._~";
    private static final String IN_PATH = UNRESERVED + "/:@*=+";
    private static final Pattern EVALUATED = Pattern.compile("\\{\\{|\\$\\{|\\$simple\\{");
    /** What Camel evaluates in a raw value when it makes the endpoint. All the rest of the value is then evaluated too. */
    private static final Pattern EVALUATED_RAW = Pattern.compile("\\$simple\\{");
    private static final Pattern SPECIAL = Pattern.compile("[+&#%]");
    private static final Pattern BRACES = Pattern.compile("[{}]");
    /** A value that Camel takes as it stands in the URI, and so would not decode. */
    private static final Pattern RAW = Pattern.compile("RAW[({]");
    /** Camel drops control characters as it does blanks. */
    private static final Pattern REFERENCE = Pattern.compile("[\\p{Cntrl}\\p{Z}]*#");
    private static final Pattern RAW_END = Pattern.compile("[&)}]");
    /** What ends a path or a value. Camel decodes a path, and a value for HTTP, before it looks for the end. */
    private static final Pattern PATH_END = Pattern.compile("[?#%]");
    private static final Pattern VALUE_END = Pattern.compile("[&#%]");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]*");
    private static final Pattern BEAN = Pattern.compile("[\\p{L}\\p{N}_-]*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._-]*");
    private static final Pattern UNSAFE = Pattern.compile("[\\x{0}-\\x{1f}\\x{7f}-\\x{a0}]");
    private static final Pattern ENCODED_UNSAFE = Pattern.compile("%(5B|5D|[01][0-9A-F]|7F|C2%([89][0-9A-F]|A0))");
    private static final Pattern PARENT = Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\;]|$)");

    private ClientText() {
    }

    static String encoded(String text) {
        return encoded(text, UNRESERVED);
    }

    /** Keeps what separates the parts of a path, since a rule may give several at once. */
    static String encodedPath(String text) {
        return encoded(text, IN_PATH);
    }

    /** Refuses what Camel does not encode in a URL after it has decoded it. */
    static void requireUrl(String text) {
        refuseIf(UNSAFE.matcher(text).find(), "a control character or a no-break space from the request");
    }

    static void requireUrlPath(String text) {
        requirePath(text);
        requireUrl(text);
        refuseIf(text.indexOf('[') >= 0 || text.indexOf(']') >= 0, "one of the characters [ ] from the request");
    }

    /** Camel's optimised sends over HTTP decode the path and do not encode all of it, but leave encoded characters alone. */
    static String encodedUrlPath(String text) {
        return ENCODED_UNSAFE.matcher(encodedPath(text)).replaceAll(each -> each.group().replace("%", "%25"));
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

    /** No request can have such a text, unless it knows what the URIs of this process look like. */
    static void requireUnmarked(String text) {
        refuseIf(UriText.isMarked(text), "a character in the form that options of rules have");
    }

    /** Refuses placeholders and expressions, also encoded ones, in a text that may be the rule's own for the most part. */
    static void requireNoExpression(String text) {
        requireUnmarked(text);
        refuseIf(EVALUATED.matcher(text).find() || EVALUATED.matcher(LoadedByCamel.decoded(text)).find(), "a placeholder or an expression");
    }

    /** Camel resolves placeholders in the values of options after it has decoded them. */
    static void requireOption(String text) {
        refuseIf(BRACES.matcher(text).find(), "one of the characters { } from the request");
    }

    static void requireUnencodedOption(String text) {
        requireOption(text);
        refuseIf(VALUE_END.matcher(text).find(), "one of the characters & # % from the request");
    }

    /** Camel takes what begins so for more than a text, after it has decoded it. */
    static void requireValue(String whole) {
        refuseIf(isRawDecoded(whole), "a raw value");
        refuseIf(REFERENCE.matcher(whole).lookingAt(), "a reference to a bean");
    }

    /** Whether Camel reads one of the texts as something else, also if it is encoded. */
    static boolean isSpecial(List<UriPiece> pieces) {
        return pieces.stream().anyMatch(piece -> !piece.isOfRule() && SPECIAL.matcher(piece.text()).find());
    }

    static boolean isRaw(String text) {
        return RAW.matcher(text).lookingAt();
    }

    /** Whether Camel takes the text for a raw value, also if a part of it is encoded. */
    static boolean isRawDecoded(String text) {
        return isRaw(LoadedByCamel.decoded(text));
    }

    /** Refuses an expression in a raw value, also one that is encoded, or that begins in one text and ends in another. */
    static void requireNotEvaluated(String whole) {
        refuseIf(EVALUATED_RAW.matcher(LoadedByCamel.decoded(whole)).find(), "an expression $simple{ in a raw value");
    }

    /** Camel does not find the end of such a value in a raw one. */
    static void requireNoRawBraces(String whole) {
        refuseIf(whole.startsWith("RAW{"), "a raw value");
    }

    static void requireRaw(String text) {
        refuseIf(RAW_END.matcher(text).find(), "one of the characters & ) } in a raw value");
    }

    static void requireNoPlaceholder(String whole) {
        refuseIf(whole.contains("{{"), "a placeholder");
    }

    /** Camel does not encode the percent sign of what it takes for encoded twice, and decodes it in a raw value. */
    static void requireNoDoubleEncoding(String text) {
        refuseIf(text.contains("%25"), "the characters %25 from the request");
    }

    static void requirePath(String text) {
        refuseIf(PATH_END.matcher(text).find(), "one of the characters ? # % from the request");
    }

    static void requireNoParent(String segment) {
        refuseIf(PARENT.matcher(segment).find(), "a parent folder");
    }

    static void requireHost(String text) {
        refuseIf(!HOST.matcher(text).matches(), "characters in its host that no host name has");
    }

    /** A name of the registry. Camel takes others for classes. */
    static void requireBean(String text) {
        refuseIf(!BEAN.matcher(text).matches(), "other characters than those of a bean's name");
    }

    static void requireNone(String text) {
        refuseIf(!text.isBlank(), "a name of an option from the request");
    }

    static void requireNoCode(String text) {
        refuseIf(!text.isBlank(), "a text in a statement or a program; in SQL, use to: sql: with a parameter :#${...}");
    }

    static void requireNoKeptName(String text) {
        refuseIf(!text.isBlank(), "the name of a logger or a marker from the request; write a fixed name, and put the text into the message of the step log");
    }

    private static void requireNoCodeComponent(String uri) {
        refuseIf(CodeComponents.isCode(uri), "a computed statement or program; name its component in the rule, and in SQL use to: sql: with a parameter :#${...}");
    }

    /** One of those that a client may choose. */
    static void requireEndpoint(String uri) {
        requireNoCodeComponent(uri);
        refuseIf(KeptNames.areTooMany(uri), "the name of one more logger or marker, which would be kept until the gateway ends; write a fixed name");
        refuseIf(LoadedByCamel.isUsedBy(uri), "a resource, a reference or a type that the rule does not name itself");
    }

    /** For a place of which it is unclear what reads it. */
    static void requireName(String text) {
        refuseIf(!NAME.matcher(text).matches(), "other characters than those of a name");
    }

    static void requireNoDelimiter(Delimiter delimiter, String text) {
        refuseIf(delimiter.isTouchedBy(text), "a character of the step's delimiter from the request");
    }

    static void refuseIf(boolean isRefused, String what) {
        if (isRefused) {
            throw refused(what);
        }
    }

    static ApiException refused(String what) {
        return Errors.ruleFailed("A rule did not send the request on: the endpoint that it computed would contain " + what + ".").exception();
    }
}
