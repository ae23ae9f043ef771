package dev.openaigateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The beginning of a JSON string that does not end within a character or an escape. */
final class JsonStringBeginning {

    private static final int ESCAPE = 2;
    private static final int ESCAPED_UNIT = 6;

    private JsonStringBeginning() {
    }

    /**
     * @param string in UTF-8, as JSON writes it, without its quotes
     * @param most   how many bytes are taken at most; none if it is negative
     */
    static byte[] of(byte[] string, int most) {
        int end = 0;
        boolean half = false;
        for (int at = 0; at < string.length && at <= most; at += size(string, at)) {
            end = half ? end : at;
            half = isFirstHalf(string, at);
        }
        return string.length <= most ? string : Arrays.copyOf(string, end);
    }

    private static int size(byte[] string, int at) {
        if (string[at] == '\\') {
            return at + 1 < string.length && string[at + 1] == 'u' ? ESCAPED_UNIT : ESCAPE;
        }
        int end = at + 1;
        while (end < string.length && (string[end] & 0xc0) == 0x80) {
            end++;
        }
        return end - at;
    }

    /** Whether an escape is the first half of a character that needs two. */
    private static boolean isFirstHalf(byte[] string, int at) {
        return string[at] == '\\' && at + ESCAPED_UNIT <= string.length
                && new String(string, at, ESCAPED_UNIT, StandardCharsets.ISO_8859_1).matches("\\\\u[dD][89abAB]..");
    }
}
