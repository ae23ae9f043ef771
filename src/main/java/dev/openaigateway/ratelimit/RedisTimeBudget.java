package dev.openaigateway.ratelimit;

/** The time that one request may still wait for Redis: one timeout for all its commands together. For one thread. */
public final class RedisTimeBudget {

    private long spentNanos;

    /** Of a time for everything, what is left. */
    long leftOf(long nanos) {
        return Math.max(0, nanos - spentNanos);
    }

    void spend(long nanos) {
        spentNanos += nanos;
    }
}
