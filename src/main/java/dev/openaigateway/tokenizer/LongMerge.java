package dev.openaigateway.tokenizer;

/** Counts the tokens of one long piece with a heap of its pairs, in n log n time. Single use, not thread-safe. */
final class LongMerge {

    private static final int GONE = -1;

    private final TokenTable table;
    private final byte[] text;
    private final int from;
    private final int length;
    /** The start of the next part, and of the previous one, by the start of a part. */
    private final int[] next;
    private final int[] previous;
    private final int[] ranks;
    /** Rank and start of each pair, the least first; a pair whose rank has changed since is skipped. */
    private final long[] heap;
    private int size;

    LongMerge(TokenTable table, byte[] text, int from, int to) {
        this.table = table;
        this.text = text;
        this.from = from;
        this.length = to - from;
        next = new int[length + 1];
        previous = new int[length + 1];
        ranks = new int[length + 1];
        heap = new long[3 * length];
    }

    int count() {
        for (int at = 0; at <= length; at++) {
            next[at] = at + 1;
            previous[at] = at - 1;
        }
        for (int at = 0; at < length; at++) {
            rank(at);
        }
        int parts = length;
        while (size > 0) {
            long least = pop();
            int at = (int) least;
            if (ranks[at] == (int) (least >>> 32)) {
                merge(at);
                parts--;
            }
        }
        return parts;
    }

    private void merge(int at) {
        int gone = next[at];
        next[at] = next[gone];
        previous[next[at]] = at;
        ranks[gone] = GONE;
        rank(at);
        if (at > 0) {
            rank(previous[at]);
        }
    }

    /** Looks up the rank of the pair that begins at a part. */
    private void rank(int at) {
        int middle = next[at];
        int rank = middle >= length ? TokenTable.NONE : table.rank(text, from + at, from + next[middle]);
        ranks[at] = rank == TokenTable.NONE ? GONE : rank;
        if (rank != TokenTable.NONE) {
            push((long) rank << 32 | at);
        }
    }

    private void push(long pair) {
        int at = size++;
        while (at > 0 && heap[at - 1 >>> 1] > pair) {
            heap[at] = heap[at - 1 >>> 1];
            at = at - 1 >>> 1;
        }
        heap[at] = pair;
    }

    private long pop() {
        long least = heap[0];
        long last = heap[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            child = child + 1 < size && heap[child + 1] < heap[child] ? child + 1 : child;
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return least;
    }
}
