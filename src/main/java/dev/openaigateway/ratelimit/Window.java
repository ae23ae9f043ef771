package dev.openaigateway.ratelimit;

import java.util.Arrays;

/** One window in memory: a ring of buckets. Guarded by its store's lock. */
final class Window {

    private static final int RING = WindowStore.SECONDS + 1;

    private final long[] buckets = new long[RING];
    private long newest;
    private long total;

    /** Drops the buckets older than the window that ends with {@code bucket}. Does nothing if that is not newer. */
    void advanceTo(long bucket) {
        if (bucket <= newest) {
            return;
        }
        long first = Math.max(newest + 1, bucket - RING + 1);
        for (long fresh = first; fresh <= bucket; fresh++) {
            int slot = slot(fresh);
            total -= buckets[slot];
            buckets[slot] = 0;
        }
        newest = bucket;
    }

    /** Moves the whole total into the bucket, after the clock was set back by more than a window. */
    void restartAt(long bucket) {
        Arrays.fill(buckets, 0);
        newest = bucket;
        buckets[slot(bucket)] = total;
    }

    boolean isFarAhead(long bucket) {
        return newest - bucket > RING;
    }

    long newest() {
        return newest;
    }

    long total() {
        return total;
    }

    /** Charges the newest bucket. */
    void add(long amount) {
        buckets[slot(newest)] += amount;
        total += amount;
    }

    /** Charges the bucket, or the newest one if the bucket is not in the window. */
    void add(long bucket, long amount) {
        buckets[slot(holds(bucket) ? bucket : newest)] += amount;
        total += amount;
    }

    /** Returns an amount to the bucket: at most what it holds, nothing if it has left the window. */
    void giveBack(long bucket, long amount) {
        if (holds(bucket)) {
            int slot = slot(bucket);
            long back = Math.min(amount, buckets[slot]);
            buckets[slot] -= back;
            total -= back;
        }
    }

    /** The bucket whose expiry frees the amount. The window must hold at least that amount. */
    long bucketThatFrees(long amount) {
        long freed = 0;
        long bucket = newest - RING;
        while (freed < amount) {
            bucket++;
            freed += buckets[slot(bucket)];
        }
        return bucket;
    }

    private boolean holds(long bucket) {
        return bucket <= newest && bucket > newest - RING;
    }

    private static int slot(long bucket) {
        return Math.floorMod(bucket, RING);
    }
}
