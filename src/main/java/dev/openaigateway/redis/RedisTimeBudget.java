package dev.openaigateway.redis;

/**
 * The time that one request may still wait for replies of Redis: two timeouts for all its commands together, and a third if a command
 * has to be repeated. The second look of {@link RedisBreaker} is not in it. Time in which this process did not run does not count. Not thread-safe.
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
