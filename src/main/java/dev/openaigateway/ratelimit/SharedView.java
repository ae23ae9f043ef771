package dev.openaigateway.ratelimit;

/**
 * What one gateway knows of a shared window while it is alone, that is, while Redis is unavailable to it. The charges of other gateways
 * when the window was last seen count until they have certainly left the window. The gateway uses one share of the remaining room,
 * because the others may use theirs. If all gateways are alone with the same view, the sum of their shares is at most the limit.
 * Guarded by its store's lock.
 */
final class SharedView {

    /** A reply that seems to be later than this was made before the clock was set back. */
    private static final long LATEST_REPLY_MILLIS = 15_000;

    private final Window window;
    private final Ring own;
    /** The part of {@link #own} that was charged alone, which the shared window lacks; null if there is none. */
    private Ring alone;
    private long others;
    private long seen = Long.MIN_VALUE / 2;
    private long seenMillis = Long.MIN_VALUE / 2;

    SharedView(Window window, Ring own) {
        this.window = window;
        this.own = own;
    }

    /**
     * Takes note of the shared total at a time in milliseconds since 1970, unless a later total is known: replies may be handled in another
     * order than they were made. Charges of this gateway that are on the way count as those of others until the next time.
     */
    void see(long total, long millis) {
        if (millis < seenMillis && seenMillis - millis < LATEST_REPLY_MILLIS) {
            return;
        }
        others = Math.max(0, total - known());
        seen = window.newest();
        seenMillis = millis;
    }

    /** The bucket in which the shared window was last seen. */
    long seen() {
        return seen;
    }

    /** Whether the shared window may have charges, by this gateway or by others. */
    boolean isInUse(long bucket) {
        return bucket - Math.max(seen, window.newest()) < Ring.SIZE && own.total() + others > 0;
    }

    /** What a gateway that is alone may still charge, of which {@code gateways} share the room; negative if it has used more. */
    long left(long limit, int gateways) {
        return left(limit, gateways, window.newest(), 0, 0);
    }

    private long left(long limit, int gateways, long bucket, long expired, long expiredAlone) {
        long room = limit - (known() - (expired - expiredAlone)) - (bucket - seen >= Ring.SIZE ? 0 : others);
        return Math.max(0, room) / gateways - (charged() - expiredAlone);
    }

    /** The first later bucket in which the amount fits if nothing else is charged; -1 if it exceeds the share of an empty window. */
    long bucketThatFits(long amount, long limit, int gateways) {
        long expired = 0;
        long expiredAlone = 0;
        for (long bucket = window.newest() + 1; bucket <= window.newest() + Ring.SIZE; bucket++) {
            expired += own.at(bucket);
            expiredAlone += alone == null ? 0 : alone.at(bucket);
            if (left(limit, gateways, bucket, expired, expiredAlone) >= amount) {
                return bucket;
            }
        }
        return -1;
    }

    /** Charges the newest bucket, alone. */
    void add(long amount) {
        putBack(amount);
        window.add(amount);
    }

    /** Counts an amount that was charged before as charged alone, in the newest bucket. */
    void putBack(long amount) {
        if (alone == null) {
            alone = new Ring();
        }
        alone.add(window.newest(), amount);
    }

    /** Gives back a part of a charge that was made alone. The window itself is corrected by the caller. */
    void correct(Correction correction) {
        if (alone != null && correction.delta() < 0 && window.holds(correction.bucket())) {
            alone.take(correction.bucket(), -correction.delta());
        }
    }

    /** What was charged alone and still counts. */
    long charged() {
        return alone == null ? 0 : alone.total();
    }

    /** Returns what was charged alone. From now on it counts as known to the shared window. */
    long takeCharged() {
        long charged = charged();
        alone = null;
        return charged;
    }

    void clear(long bucket) {
        if (alone != null) {
            alone.clear(bucket);
        }
    }

    void restartAt(long bucket) {
        seen = Math.min(seen, bucket);
        if (alone != null) {
            alone.moveAllTo(bucket);
        }
    }

    private long known() {
        return own.total() - charged();
    }
}
