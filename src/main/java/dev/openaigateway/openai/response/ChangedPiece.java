package dev.openaigateway.openai.response;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The beginning of a text that is too long to be held, changed. It ends at a place that no secret crosses.
 *
 * @param changed the beginning
 * @param rest    the bytes after it, as they were; they belong to the next piece
 */
record ChangedPiece(byte[] changed, byte[] rest) {

    /** In bytes. A secret with its escapes is shorter. */
    private static final int OVERLAP = 16 * 1024;

    /** @param change masks secrets. Where it changes both sides of a place alone as it changes them together, no secret crosses that place. */
    static ChangedPiece of(byte[] bytes, UnaryOperator<byte[]> change) {
        byte[] together = change.apply(bytes);
        for (int end = bytes.length - OVERLAP; end > 0; end -= OVERLAP) {
            byte[] first = change.apply(Arrays.copyOf(bytes, end));
            byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
            if (Arrays.equals(joined(first, change.apply(rest)), together)) {
                return new ChangedPiece(first, rest);
            }
        }
        return new ChangedPiece(together, new byte[0]);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
