package dev.openaigateway.text;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The beginning of a text that is too long to be held, changed. It ends at a place that no secret crosses.
 *
 * @param changed the beginning
 * @param rest    the bytes after it, as they were; they belong to the next piece
 */
public record ChangedPiece(byte[] changed, byte[] rest) {

    /** Each costs two changes. The second or third succeeds where secrets follow each other without a gap. */
    private static final int MOST_TRIES = 64;

    /** @param change masks secrets, and returns the same array if there are none. Where it changes both sides of a place alone as it changes them together, no secret crosses that place. */
    public static ChangedPiece of(byte[] bytes, UnaryOperator<byte[]> change) {
        byte[] together = change.apply(bytes);
        int end = bytes.length - MaskedBeginning.OVERLAP;
        if (end > 0 && together == bytes) {
            return new ChangedPiece(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length));
        }
        for (int tries = 0; end > 0 && tries < MOST_TRIES; tries++) {
            byte[] first = change.apply(Arrays.copyOf(bytes, end));
            byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
            if (Arrays.equals(joined(first, change.apply(rest)), together)) {
                return new ChangedPiece(first, rest);
            }
            // What is not changed without its end is the beginning of a secret.
            end -= Math.max(1, first.length - Math.max(0, Arrays.mismatch(first, together)));
        }
        return new ChangedPiece(together, new byte[0]);
    }

    /** The bytes of the first and then of the second. */
    public static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
