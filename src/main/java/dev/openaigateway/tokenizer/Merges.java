package dev.openaigateway.tokenizer;

import dev.openaigateway.json.Utf8;

/**
 * Counts the tokens of pieces: byte pairs are merged, that of the lowest rank first, until no pair is a token. A piece
 * of more than {@value #LONGEST} bytes is cut there, since merging takes more than linear time. Not thread-safe.
 */
final class Merges {

    static final int LONGEST = 4 * 1024;
    /** Up to this length, looking at all pairs is faster than a heap (benchmark rows "agent prompt"). */
    private static final int SHORT = 128;

    private final TokenTable table;
    /** Created when first needed, since most words are a token. */
    private int[] starts;
    private int[] ranks;

    Merges(TokenTable table) {
        this.table = table;
    }

    int count(byte[] text, int from, int to) {
        int tokens = 0;
        int at = from;
        while (to - at > LONGEST) {
            int end = Utf8.cut(text, at, at + LONGEST);
            tokens += countPiece(text, at, end);
            at = end;
        }
        return tokens + countPiece(text, at, to);
    }

    private int countPiece(byte[] text, int from, int to) {
        if (table.contains(text, from, to)) {
            return 1;
        }
        return to - from <= SHORT ? mergeShort(text, from, to) : new LongMerge(table, text, from, to).count();
    }

    private int mergeShort(byte[] text, int from, int to) {
        if (starts == null) {
            starts = new int[SHORT + 2];
            ranks = new int[SHORT + 2];
        }
        int count = to - from;
        for (int i = 0; i < count; i++) {
            starts[i] = from + i;
            ranks[i] = i + 1 < count ? table.pair(text, from + i) : TokenTable.NONE;
        }
        starts[count] = to;
        while (count > 1) {
            int least = 0;
            for (int i = 1; i < count - 1; i++) {
                least = ranks[i] < ranks[least] ? i : least;
            }
            if (ranks[least] == TokenTable.NONE) {
                break;
            }
            count--;
            // Faster than two copies of arrays, since most pieces are short.
            for (int i = least + 1; i < count; i++) {
                starts[i] = starts[i + 1];
                ranks[i] = ranks[i + 1];
            }
            starts[count] = to;
            ranks[least] = rank(text, least, count);
            if (least > 0) {
                ranks[least - 1] = rank(text, least - 1, count);
            }
        }
        return count;
    }

    private int rank(byte[] text, int part, int count) {
        return part + 2 > count ? TokenTable.NONE : table.rank(text, starts[part], starts[part + 2]);
    }
}
