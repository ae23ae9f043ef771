package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.api.EncodingType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The tokens of an encoding with their ranks, found by a range of bytes without copying it. A table of 200,000 tokens takes
 * about 6 MB. Thread-safe.
 */
final class TokenTable {

    /** The rank of bytes that are no token. */
    static final int NONE = Integer.MAX_VALUE;

    private static final byte[] BASE64 = values("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private final int[] pairs = new int[1 << 16];
    private final ShortTokens shorter;
    private final LongTokens longer;

    /** @param lines of the form {@code TOKEN RANK}, with the token in Base64; the last one ends with a line feed */
    private TokenTable(byte[] lines) {
        Arrays.fill(pairs, NONE);
        int all = 0;
        int longCount = 0;
        int longBytes = 0;
        int begin = 0;
        for (int at = 0; at < lines.length; at++) {
            if (lines[at] == ' ') {
                int length = length(lines, begin, at);
                longCount += length > ShortTokens.LONGEST ? 1 : 0;
                longBytes += length > ShortTokens.LONGEST ? length : 0;
                all++;
            } else if (lines[at] == '\n') {
                begin = at + 1;
            }
        }
        shorter = new ShortTokens(all - longCount);
        longer = new LongTokens(longCount, longBytes);
        read(lines);
    }

    /** Bytes of a token in Base64. */
    private static int length(byte[] lines, int from, int to) {
        int padding = lines[to - 1] != '=' ? 0 : lines[to - 2] != '=' ? 1 : 2;
        return (to - from) / 4 * 3 - padding;
    }

    /** Reads the table that the library brings. Blocks for less than 0.1 s. */
    static TokenTable load(EncodingType type) {
        try (InputStream in = EncodingType.class.getResourceAsStream("/com/knuddels/jtokkit/" + type.getName() + ".tiktoken")) {
            return new TokenTable(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the table of " + type.getName() + " cannot be read", e);
        }
    }

    /** Works on the bytes, since a String for each line took most of the time (benchmark row "start to first response with limits"). */
    private void read(byte[] lines) {
        byte[] token = new byte[1 << 8];
        for (int at = 0; at < lines.length; at++) {
            int length = 0;
            int bits = 0;
            int value = 0;
            for (; lines[at] != ' '; at++) {
                if (lines[at] != '=') {
                    value = value << 6 | BASE64[lines[at]];
                    bits += 6;
                    if (bits >= 8) {
                        bits -= 8;
                        token[length++] = (byte) (value >>> bits);
                    }
                }
            }
            int rank = 0;
            for (at++; lines[at] != '\n'; at++) {
                rank = 10 * rank + lines[at] - '0';
            }
            add(token, length, rank);
        }
    }

    private static byte[] values(String digits) {
        byte[] values = new byte[128];
        for (int i = 0; i < digits.length(); i++) {
            values[digits.charAt(i)] = (byte) i;
        }
        return values;
    }

    private void add(byte[] token, int length, int rank) {
        if (length > ShortTokens.LONGEST) {
            longer.add(token, length, rank);
        } else {
            shorter.add(token, length, rank);
        }
        if (length == 2) {
            pairs[token[0] & 0xFF | (token[1] & 0xFF) << 8] = rank;
        }
    }

    /** The rank of two bytes. */
    int pair(byte[] text, int from) {
        return pairs[text[from] & 0xFF | (text[from + 1] & 0xFF) << 8];
    }

    /** The rank of a range of bytes, {@link #NONE} if it is no token. */
    int rank(byte[] text, int from, int to) {
        int length = to - from;
        return length > ShortTokens.LONGEST ? longer.rank(text, from, length) : shorter.rank(text, from, length);
    }

    /** Whether a range of bytes is a token. */
    boolean contains(byte[] text, int from, int to) {
        int length = to - from;
        return length > ShortTokens.LONGEST ? longer.rank(text, from, length) != NONE : shorter.contains(text, from, length);
    }
}
