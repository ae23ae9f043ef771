package dev.openaigateway.ratelimit;

/** Amounts by bucket, as far back as a charge counts, and their sum. Guarded by its store's lock. */
final class Ring {

    /** Number of buckets. */
    static final int SIZE = WindowStore.SECONDS + 1;

    private final long[] buckets = new long[SIZE];
    private long total;

    long total() {
        return total;
    }

    long at(long bucket) {
        return buckets[slot(bucket)];
    }

    void add(long bucket, long amount) {
        buckets[slot(bucket)] += amount;
        total += amount;
    }

    /** Takes an amount from the bucket: at most what it holds. */
    void take(long bucket, long amount) {
        add(bucket, -Math.min(amount, at(bucket)));
    }

    void clear(long bucket) {
        take(bucket, at(bucket));
    }

    void moveAllTo(long bucket) {
        long all = total;
        for (int slot = 0; slot < SIZE; slot++) {
            clear(slot);
        }
        add(bucket, all);
    }

    private static int slot(long bucket) {
        return Math.floorMod(bucket, SIZE);
    }
}
