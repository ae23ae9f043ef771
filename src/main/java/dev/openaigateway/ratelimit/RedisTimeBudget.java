package dev.openaigateway.ratelimit;

/** The time that one request may still wait for Redis: one timeout for all its commands together. Not thread-safe. */
public final class RedisTimeBudget {

    private long spentNanos;

    /** The rest of a total time, in nanoseconds; at least 0. */
    long leftOf(long nanos) {
        return Math.max(0, nanos - spentNanos);
    }

    void spend(long nanos) {
        spentNanos += nanos;
    }
}
