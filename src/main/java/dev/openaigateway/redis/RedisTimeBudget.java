package dev.openaigateway.redis;

/**
 * The time that one request may still wait for Redis: two timeouts for all its commands together, and a third if a command has
 * to be repeated. Time in which this process did not run does not count. Not thread-safe.
 */
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
