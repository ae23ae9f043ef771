package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.api.EncodingType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The tokens of an encoding with their ranks, found by a range of bytes without copying it. A table of 200,000 tokens takes
 * about 12 MB. Thread-safe.
 */
final class TokenTable {

    /** The rank of bytes that are no token. */
    static final int NONE = Integer.MAX_VALUE;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = Long.BYTES;

    private final int[] pairs = new int[1 << 16];
    private long[] heads = new long[1 << 17];
    private int[] ranks = new int[1 << 17];
    private int[] offsets = new int[1 << 17];
    private byte[] tokens = new byte[1 << 20];
    private int longest;

    private TokenTable() {
        Arrays.fill(pairs, NONE);
    }

    /** Reads the table that the library brings. Blocks for about 0.1 s. */
    static TokenTable load(EncodingType type) {
        TokenTable table = new TokenTable();
        try (InputStream in = EncodingType.class.getResourceAsStream("/com/knuddels/jtokkit/" + type.getName() + ".tiktoken");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            table.read(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of " + type.getName() + " cannot be read", e);
        }
        return table;
    }

    private void read(BufferedReader lines) throws IOException {
        int end = 0;
        int count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int blank = line.indexOf(' ');
            byte[] token = Base64.getDecoder().decode(line.substring(0, blank));
            if (++count > heads.length / 3) {
                grow();
            }
            if (end + token.length + HEAD > tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * tokens.length);
            }
            System.arraycopy(token, 0, tokens, end, token.length);
            add(end, token.length, Integer.parseInt(line, blank + 1, line.length(), 10));
            end += token.length;
        }
        tokens = Arrays.copyOf(tokens, end + HEAD);
    }

    private void grow() {
        int[] oldRanks = ranks;
        int[] oldOffsets = offsets;
        heads = new long[2 * heads.length];
        ranks = new int[heads.length];
        offsets = new int[heads.length];
        for (int slot = 0; slot < oldRanks.length; slot++) {
            if (oldOffsets[slot] != 0) {
                add(oldOffsets[slot] >>> 8, oldOffsets[slot] & 0xFF, oldRanks[slot]);
            }
        }
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
