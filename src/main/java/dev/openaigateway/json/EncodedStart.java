package dev.openaigateway.json;

/** Tells by the first bytes of a long string whether the string may be base64, alone or in a {@code data:} URL. */
final class EncodedStart {

    /** A shorter string is not worth a look. */
    private static final int SHORTEST = 64;
    private static final int READ = 32;
    private static final String SCHEME = "data:";

    private EncodedStart() {
    }

    /** False for most texts, as they have a blank, a brace or a letter beyond ASCII so early. A backslash may escape a character of base64. */
    static boolean isAt(byte[] json, int from, int end) {
        if (end - from < SHORTEST) {
            return false;
        }
        int at = from;
        while (at < from + READ && (Character.isLetterOrDigit(json[at]) || "+/-_\\".indexOf(json[at]) >= 0)) {
            at++;
        }
        return at == from + READ || json[at] == ':' && at == from + SCHEME.length() - 1;
    }
}
