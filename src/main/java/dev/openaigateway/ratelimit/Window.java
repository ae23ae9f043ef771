package dev.openaigateway.ratelimit;

import java.util.Arrays;

/** One window in memory: a ring of buckets. Guarded by its store's lock. */
final class Window {

    private static final int RING = WindowStore.SECONDS + 1;

    private final long[] buckets = new long[RING];
    private long newest;
    private long total;

    /** Drops what is older than the window that ends with the bucket. */
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

    /** Takes all that is held for charged in the bucket: the clock was set back further than the window is long. */
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

    /** Charges a bucket, or the newest in place of one that is not in the window. */
    void add(long bucket, long amount) {
        buckets[slot(holds(bucket) ? bucket : newest)] += amount;
        total += amount;
    }

    /** Gives back to a bucket no more than it holds, and nothing once it has left the window. */
    void giveBack(long bucket, long amount) {
        if (holds(bucket)) {
            int slot = slot(bucket);
            long back = Math.min(amount, buckets[slot]);
            buckets[slot] -= back;
            total -= back;
        }
    }

    /** The bucket with whose leaving so much has left the window; the window must hold that much. */
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
