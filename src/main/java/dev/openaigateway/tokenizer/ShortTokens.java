package dev.openaigateway.tokenizer;

import java.util.Arrays;

/**
 * The tokens of up to eight bytes with their ranks. A key holds the bytes and their number, so that one comparison finds a
 * token (benchmark rows "agent prompt"). Read-only once it is filled; then thread-safe.
 */
final class ShortTokens {

    static final int LONGEST = Long.BYTES;
    /** The highest byte of a key of fewer than eight bytes, less their number. That value never occurs in UTF-8, so no key of eight bytes has it. */
    private static final long LENGTHS = 0xF8;
    private static final long EMPTY = LENGTHS << 56;

    private final long[] keys;
    private final int[] ranks;

    /** @param tokens the number of tokens at most */
    ShortTokens(int tokens) {
        int slots = Integer.highestOneBit(2 * tokens) << 1;
        keys = new long[slots];
        ranks = new int[slots];
        Arrays.fill(keys, EMPTY);
    }

    /** Adds a token; bytes that never occur in UTF-8 would be ambiguous, so such a token is left out. */
    void add(byte[] token, int length, int rank) {
        if (length == LONGEST && (token[LONGEST - 1] & 0xFF) >= LENGTHS) {
            return;
        }
        long key = key(token, 0, length);
        int slot = slot(key);
        while (keys[slot] != EMPTY) {
            slot = slot + 1 & keys.length - 1;
        }
        keys[slot] = key;
        ranks[slot] = rank;
    }

    /** The rank of a range of bytes, {@link TokenTable#NONE} if it is not a token. */
    int rank(byte[] text, int from, int length) {
        int slot = find(key(text, from, length));
        return slot < 0 ? TokenTable.NONE : ranks[slot];
    }

    boolean contains(byte[] text, int from, int length) {
        return find(key(text, from, length)) >= 0;
    }

    private int find(long key) {
        int slot = slot(key);
        while (keys[slot] != key) {
            if (keys[slot] == EMPTY) {
                return -1;
            }
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private int slot(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 33) & keys.length - 1;
    }

    private static long key(byte[] text, int from, int length) {
        long head = head(text, from, length);
        return length == LONGEST ? head : head | LENGTHS + length << 56;
    }

    /** The first bytes of a range, up to eight, the first one lowest. */
    static long head(byte[] text, int from, int length) {
        if (from + LONGEST <= text.length) {
            long eight = LittleEndian.longAt(text, from);
            return length >= LONGEST ? eight : eight & -1L >>> 64 - 8 * length;
        }
        long head = 0;
        for (int at = 0; at < Math.min(length, LONGEST); at++) {
            head |= (text[from + at] & 0xFFL) << 8 * at;
        }
        return head;
    }
}
