package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.api.EncodingType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tokens of an encoding with their ranks, found by a range of bytes without copying it. A table of 200,000 tokens takes
 * about 10 MB. Thread-safe.
 */
final class TokenTable {

    /** The rank of bytes that are no token. */
    static final int NONE = Integer.MAX_VALUE;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = Long.BYTES;

    private static final byte[] BASE64 = values("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private final int[] pairs = new int[1 << 16];
    private final long[] heads;
    private final int[] ranks;
    private final int[] offsets;
    private byte[] tokens;
    private int longest;

    /** @param lines of the form {@code TOKEN RANK}, with the token in Base64; the last one ends with a line feed */
    private TokenTable(byte[] lines) {
        Arrays.fill(pairs, NONE);
        int slots = Integer.highestOneBit(2 * count(lines)) << 1;
        heads = new long[slots];
        ranks = new int[slots];
        offsets = new int[slots];
        tokens = new byte[lines.length];
        read(lines);
    }

    /** Reads the table that the library brings. Blocks for less than 0.1 s. */
    static TokenTable load(EncodingType type) {
        try (InputStream in = EncodingType.class.getResourceAsStream("/com/knuddels/jtokkit/" + type.getName() + ".tiktoken")) {
            return new TokenTable(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the table of " + type.getName() + " cannot be read", e);
        }
    }

    private static int count(byte[] lines) {
        int count = 0;
        for (byte each : lines) {
            count += each == '\n' ? 1 : 0;
        }
        return count;
    }

    /** Works on the bytes, since a String for each line took most of the time (benchmark row "start to first response with limits"). */
    private void read(byte[] lines) {
        int end = 0;
        for (int at = 0; at < lines.length; at++) {
            int from = end;
            int bits = 0;
            int value = 0;
            for (; lines[at] != ' '; at++) {
                if (lines[at] != '=') {
                    value = value << 6 | BASE64[lines[at]];
                    bits += 6;
                    if (bits >= 8) {
                        bits -= 8;
                        tokens[end++] = (byte) (value >>> bits);
                    }
                }
            }
            int rank = 0;
            for (at++; lines[at] != '\n'; at++) {
                rank = 10 * rank + lines[at] - '0';
            }
            add(from, end - from, rank);
        }
        tokens = Arrays.copyOf(tokens, end + HEAD);
    }

    private static byte[] values(String digits) {
        byte[] values = new byte[128];
        for (int i = 0; i < digits.length(); i++) {
            values[digits.charAt(i)] = (byte) i;
        }
        return values;
    }

    private void add(int from, int length, int rank) {
        long head = head(tokens, from, length);
        int slot = slot(tokens, from, length, head);
        while (offsets[slot] != 0) {
            slot = slot + 1 & offsets.length - 1;
        }
        heads[slot] = head;
        ranks[slot] = rank;
        offsets[slot] = from << 8 | length;
        longest = Math.max(longest, length);
        if (length == 2) {
            pairs[(int) head] = rank;
        }
    }

    /** The rank of two bytes. */
    int pair(byte[] text, int from) {
        return pairs[text[from] & 0xFF | (text[from + 1] & 0xFF) << 8];
    }

    /** The rank of a range of bytes, {@link #NONE} if it is no token. */
    int rank(byte[] text, int from, int to) {
        int length = to - from;
        if (length > longest) {
            return NONE;
        }
        long head = head(text, from, length);
        int slot = slot(text, from, length, head);
        while (true) {
            int offset = offsets[slot];
            if (offset == 0) {
                return NONE;
            }
            if (heads[slot] == head && (offset & 0xFF) == length && (length <= HEAD || sameTail(text, from, to, offset >>> 8, length))) {
                return ranks[slot];
            }
            slot = slot + 1 & offsets.length - 1;
        }
    }

    private boolean sameTail(byte[] text, int from, int to, int offset, int length) {
        return Arrays.equals(text, from + HEAD, to, tokens, offset + HEAD, offset + length);
    }

    private int slot(byte[] text, int from, int length, long head) {
        long hash = head + length;
        if (length > HEAD) {
            hash ^= Long.rotateLeft((long) EIGHT.get(text, from + length - HEAD) * 0xC2B2AE3D27D4EB4FL, 29);
        }
        return (int) (hash * 0x9E3779B97F4A7C15L >>> 33) & offsets.length - 1;
    }

    private static long head(byte[] text, int from, int length) {
        if (from + HEAD <= text.length) {
            long eight = (long) EIGHT.get(text, from);
            return length >= HEAD ? eight : eight & (1L << 8 * length) - 1;
        }
        long head = 0;
        for (int at = 0; at < length; at++) {
            head |= (text[from + at] & 0xFFL) << 8 * at;
        }
        return head;
    }
}
