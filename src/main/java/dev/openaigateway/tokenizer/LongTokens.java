package dev.openaigateway.tokenizer;

import java.util.Arrays;

/** The tokens of more than eight bytes with their ranks. Read-only once it is filled; then thread-safe. */
final class LongTokens {

    private static final int HEAD = ShortTokens.LONGEST;

    private final byte[] tokens;
    private final long[] heads;
    private final int[] ranks;
    /** Where a token is in {@link #tokens}, and its length in the lowest byte; 0 if the slot is empty. */
    private final int[] offsets;
    private int end;
    private int longest;

    /**
     * @param count the number of tokens at most
     * @param bytes the sum of their lengths
     */
    LongTokens(int count, int bytes) {
        int slots = Integer.highestOneBit(2 * count) << 1;
        tokens = new byte[bytes];
        heads = new long[slots];
        ranks = new int[slots];
        offsets = new int[slots];
    }

    void add(byte[] token, int length, int rank) {
        System.arraycopy(token, 0, tokens, end, length);
        long head = LittleEndian.longAt(token, 0);
        int slot = slot(token, 0, length, head);
        while (offsets[slot] != 0) {
            slot = slot + 1 & offsets.length - 1;
        }
        heads[slot] = head;
        ranks[slot] = rank;
        offsets[slot] = end << 8 | length;
        longest = Math.max(longest, length);
        end += length;
    }

    /** The rank of a range of bytes, {@link TokenTable#NONE} if it is not a token. */
    int rank(byte[] text, int from, int length) {
        if (length > longest) {
            return TokenTable.NONE;
        }
        long head = LittleEndian.longAt(text, from);
        int slot = slot(text, from, length, head);
        while (offsets[slot] != 0) {
            if (heads[slot] == head && (offsets[slot] & 0xFF) == length && sameTail(text, from, offsets[slot] >>> 8, length)) {
                return ranks[slot];
            }
            slot = slot + 1 & offsets.length - 1;
        }
        return TokenTable.NONE;
    }

    /** Compares the last eight bytes first, which are the whole rest of most tokens. */
    private boolean sameTail(byte[] text, int from, int offset, int length) {
        return LittleEndian.longAt(text, from + length - HEAD) == LittleEndian.longAt(tokens, offset + length - HEAD)
                && (length <= 2 * HEAD || Arrays.equals(text, from + HEAD, from + length, tokens, offset + HEAD, offset + length));
    }

    private int slot(byte[] text, int from, int length, long head) {
        long hash = head + length ^ Long.rotateLeft(LittleEndian.longAt(text, from + length - HEAD) * 0xC2B2AE3D27D4EB4FL, 29);
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 33) & offsets.length - 1;
    }
}
