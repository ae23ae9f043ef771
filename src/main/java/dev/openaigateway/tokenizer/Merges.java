package dev.openaigateway.tokenizer;

import java.util.PriorityQueue;

/**
 * Counts the tokens of pieces: byte pairs are merged, that of the lowest rank first, until no pair is a token. A piece
 * of more than {@value #LONGEST} bytes is cut there, since merging takes more than linear time. Not thread-safe.
 */
final class Merges {

    static final int LONGEST = 4 * 1024;
    /** Up to this length, looking at all pairs is faster than a heap. */
    private static final int SHORT = 128;

    private final TokenTable table;
    private final int[] starts = new int[SHORT + 2];
    private final int[] ranks = new int[SHORT + 2];

    Merges(TokenTable table) {
        this.table = table;
    }

    int count(byte[] text, int from, int to) {
        int tokens = 0;
        int at = from;
        while (to - at > LONGEST) {
            int end = at + LONGEST;
            while ((text[end] & 0xC0) == 0x80) {
                end--;
            }
            tokens += countPiece(text, at, end);
            at = end;
        }
        return tokens + countPiece(text, at, to);
    }

    private int countPiece(byte[] text, int from, int to) {
        if (to - from == 1 || table.rank(text, from, to) != TokenTable.NONE) {
            return 1;
        }
        return to - from <= SHORT ? mergeShort(text, from, to) : mergeLong(text, from, to);
    }

    private int mergeShort(byte[] text, int from, int to) {
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
            int moved = count - least - 1;
            System.arraycopy(starts, least + 2, starts, least + 1, moved);
            System.arraycopy(ranks, least + 2, ranks, least + 1, Math.max(0, moved - 1));
            count--;
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

    private int mergeLong(byte[] text, int from, int to) {
        return new LongMerge(table, text, from, to).count();
    }

    /** Merges one long piece with a heap of its pairs, in n log n time. */
    private static final class LongMerge {

        private final TokenTable table;
        private final byte[] text;
        private final int from;
        private final int length;
        /** The start of the next part, and of the previous one, by the start of a part. */
        private final int[] next;
        private final int[] previous;
        private final int[] rankAt;
        /** Rank and start of each pair; a pair whose rank has changed since is skipped. */
        private final PriorityQueue<Long> heap;
        private int parts;

        LongMerge(TokenTable table, byte[] text, int from, int to) {
            this.table = table;
            this.text = text;
            this.from = from;
            this.length = to - from;
            next = new int[length + 1];
            previous = new int[length + 1];
            rankAt = new int[length + 1];
            heap = new PriorityQueue<>(length);
            parts = length;
        }

        int count() {
            for (int at = 0; at <= length; at++) {
                next[at] = at + 1;
                previous[at] = at - 1;
            }
            for (int at = 0; at < length; at++) {
                push(at);
            }
            for (Long least = heap.poll(); least != null; least = heap.poll()) {
                int at = (int) (least & 0xFFFFFFFFL);
                if (rankAt[at] == (int) (least >>> 32)) {
                    merge(at);
                }
            }
            return parts;
        }

        private void merge(int at) {
            int gone = next[at];
            next[at] = next[gone];
            previous[next[at]] = at;
            rankAt[gone] = -1;
            parts--;
            push(at);
            if (at > 0) {
                push(previous[at]);
            }
        }

        private void push(int at) {
            int middle = next[at];
            int rank = middle >= length ? TokenTable.NONE : table.rank(text, from + at, from + next[middle]);
            rankAt[at] = rank == TokenTable.NONE ? -1 : rank;
            if (rank != TokenTable.NONE) {
                heap.add((long) rank << 32 | at);
            }
        }
    }
}
