package dev.openaigateway.call.memory;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A body, or its beginning, in memory.
 *
 * @param complete whether it is the whole body
 * @param leased   bytes of memory that the call holds for it
 */
public record BufferedBody(byte[] bytes, boolean complete, long leased) {

    private static final int FIRST_READ = 2048;
    /** A growing array needs memory for the old and the new copy. */
    private static final int COPIES = 2;

    /**
     * Reads the whole body, or as much as the memory budget allows. Grows the array in steps, each of which reserves memory first;
     * the first step has room for most bodies.
     *
     * @param largest in bytes; a body of that size or more is not complete
     * @throws IOException if the body breaks off
     */
    public static BufferedBody read(InputStream body, int largest, CallMemory memory) throws IOException {
        byte[] bytes = new byte[FIRST_READ];
        int length = body.readNBytes(bytes, 0, bytes.length);
        long leased = 0;
        while (length == bytes.length && length < largest && memory.grow(COPIES * 3L * length)) {
            leased += COPIES * 3L * length;
            bytes = Arrays.copyOf(bytes, Math.min(4 * length, largest));
            length += body.readNBytes(bytes, length, bytes.length - length);
        }
        boolean complete = length < bytes.length;
        return new BufferedBody(complete ? Arrays.copyOf(bytes, length) : bytes, complete, leased);
    }

    /** What was leased beyond the body itself: the array grew in steps, with room for its old and new copy. */
    public long surplus() {
        return Math.max(0, leased - MemoryBudget.ofArray(bytes.length));
    }
}
