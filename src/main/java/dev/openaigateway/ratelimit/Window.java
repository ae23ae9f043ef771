package dev.openaigateway.ratelimit;

/** One window in memory. Guarded by its store's lock. */
final class Window {

    private final Ring charges = new Ring();
    private SharedView shared;
    private long newest;

    /** Drops the buckets older than the window that ends with {@code bucket}. Does nothing if that is not newer. */
    void advanceTo(long bucket) {
        if (bucket <= newest) {
            return;
        }
        long first = Math.max(newest + 1, bucket - Ring.SIZE + 1);
        for (long fresh = first; fresh <= bucket; fresh++) {
            charges.clear(fresh);
            if (shared != null) {
                shared.clear(fresh);
            }
        }
        newest = bucket;
    }

    /** Moves the whole total into the bucket, after the clock was set back by more than a window. */
    void restartAt(long bucket) {
        newest = bucket;
        charges.moveAllTo(bucket);
        if (shared != null) {
            shared.restartAt(bucket);
        }
    }

    boolean isFarAhead(long bucket) {
        return newest - bucket > Ring.SIZE;
    }

    long newest() {
        return newest;
    }

    long total() {
        return charges.total();
    }

    /** Charges the newest bucket. */
    void add(long amount) {
        charges.add(newest, amount);
    }

    /** Charges the bucket, or the newest one if the bucket is not in the window. */
    void add(long bucket, long amount) {
        charges.add(holds(bucket) ? bucket : newest, amount);
    }

    /** Returns an amount to the bucket: at most what it holds, nothing if it has left the window. */
    void giveBack(long bucket, long amount) {
        if (holds(bucket)) {
            charges.take(bucket, amount);
        }
    }

    /** The bucket whose expiry frees the amount. The window must hold at least that amount. */
    long bucketThatFrees(long amount) {
        long freed = 0;
        long bucket = newest - Ring.SIZE;
        while (freed < amount) {
            bucket++;
            freed += charges.at(bucket);
        }
        return bucket;
    }

    /** What this gateway knows of the shared window of the same limit. */
    SharedView shared() {
        if (shared == null) {
            shared = new SharedView(this, charges);
        }
        return shared;
    }

    /** Whether anything is known of a shared window. */
    boolean isShared() {
        return shared != null;
    }

    boolean holds(long bucket) {
        return bucket <= newest && bucket > newest - Ring.SIZE;
    }
}
