package dev.openaigateway.openai;

/** Escapes such as {@code \\ud83d}, of which two are one character. Some servers cut a text between them, and parsers refuse a half in the name of a member. */
final class SurrogateEscapes {

    private static final int LENGTH = 6;
    private static final byte[] REPLACEMENT = {'f', 'f', 'f', 'd'};

    private SurrogateEscapes() {
    }

    /** The JSON with another character, of the same length, in place of each half between {@code from} and {@code to}; the same array if there is none. */
    static byte[] withoutHalves(byte[] json, int from, int to) {
        byte[] changed = json;
        int at = from;
        while (at < to - 1) {
            if (json[at] != '\\') {
                at++;
            } else if (isHalf(json, at, to, "89ab") && isHalf(json, at + LENGTH, to, "cdef")) {
                at += 2 * LENGTH;
            } else {
                if (isHalf(json, at, to, "89abcdef")) {
                    changed = changed == json ? json.clone() : changed;
                    System.arraycopy(REPLACEMENT, 0, changed, at + 2, REPLACEMENT.length);
                }
                at += 2;
            }
        }
        return changed;
    }

    /** @param digits the second ones of the halves in question */
    private static boolean isHalf(byte[] json, int at, int to, String digits) {
        return at + LENGTH <= to && json[at] == '\\' && json[at + 1] == 'u' && lower(json[at + 2]) == 'd' && digits.indexOf(lower(json[at + 3])) >= 0
                && isDigit(json[at + 4]) && isDigit(json[at + 5]);
    }

    private static boolean isDigit(byte hex) {
        return Character.digit(hex, 16) >= 0;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'F' ? letter - 'A' + 'a' : letter;
    }
}
