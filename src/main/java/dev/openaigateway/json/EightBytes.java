package dev.openaigateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches eight bytes of a text at once. The results have the highest bit of each byte that was found; bits above the first
 * one found mean nothing.
 */
final class EightBytes {

    static final int LENGTH = Long.BYTES;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = ONES << 7;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private EightBytes() {
    }

    /** Finds quotes and backslashes; 0 if there are none. */
    static long marks(byte[] text, int at) {
        long eight = (long) EIGHT.get(text, at);
        return marks(eight) & ~eight & HIGHEST;
    }

    /** Copies eight bytes and finds quotes and backslashes among them; 0 if there are none. */
    static long copy(byte[] text, int at, byte[] to, int toAt) {
        long eight = (long) EIGHT.get(text, at);
        EIGHT.set(to, toAt, eight);
        return marks(eight) & ~eight & HIGHEST;
    }

    /** Finds quotes, backslashes, control characters, and bytes above 127; 0 if there are none. */
    static long unusual(byte[] text, int at) {
        long eight = (long) EIGHT.get(text, at);
        return (marks(eight) | eight - BLANKS | eight) & HIGHEST;
    }

    /** The index of the first byte found, from 0 to 7. */
    static int first(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }

    /** A byte that is less than what is subtracted gets the highest bit, and so may the byte above it. */
    private static long marks(long eight) {
        return (eight ^ QUOTES) - ONES | (eight ^ BACKSLASHES) - ONES;
    }
}
