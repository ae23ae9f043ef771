package dev.openaigateway.call.memory;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A body, or its beginning, in memory.
 *
 * @param complete whether it is the whole body
 * @param tooLarge whether the memory could not hold the whole body, even if no other call held any
 * @param leased   bytes of memory that the call holds for it
 */
public record BufferedBody(byte[] bytes, boolean complete, boolean tooLarge, long leased) {

    private static final int FIRST_READ = 2048;
    /** A growing array needs memory for the old and the new copy. */
    private static final int COPIES = 2;
    /** In steps of this factor an array grows with few copies, and of at least a quarter where memory is short. */
    private static final int FACTOR = 4;

    /**
     * Reads the whole body, or as much as the memory budget allows. Grows the array in steps, each of which reserves memory first;
     * the first step has room for most bodies.
     *
     * @param largest in bytes; a body of that size or more is not complete
     * @throws IOException if the body breaks off
     */
    public static BufferedBody read(InputStream body, int largest, CallMemory memory) throws IOException {
        int most = (int) Math.min(largest, FIRST_READ + memory.most() / COPIES);
        byte[] bytes = new byte[FIRST_READ];
        int length = body.readNBytes(bytes, 0, bytes.length);
        long leased = 0;
        while (length == bytes.length) {
            int more = growth(length, most, memory);
            if (more == 0) {
                return new BufferedBody(bytes, false, length >= most && most < largest, leased);
            }
            leased += COPIES * (long) more;
            bytes = Arrays.copyOf(bytes, length + more);
            length += body.readNBytes(bytes, length, more);
        }
        return new BufferedBody(Arrays.copyOf(bytes, length), true, false, leased);
    }

    /** Reserves memory for a longer array, as much as there is. Returns by how many bytes it may grow; 0 if there is no room. */
    private static int growth(int length, int most, CallMemory memory) {
        for (int more = Math.min((FACTOR - 1) * length, most - length); more > 0; more = more > length / FACTOR ? more / 2 : 0) {
            if (memory.grow(COPIES * (long) more)) {
                return more;
            }
        }
        return 0;
    }

    /** What was leased beyond the body itself: the array grew in steps, with room for its old and new copy. */
    public long surplus() {
        return Math.max(0, leased - MemoryBudget.ofArray(bytes.length));
    }
}
