package dev.openaigateway.ratelimit;

/** How long one request has waited for Redis in all that it asked, so that it waits no longer than one timeout. For one thread. */
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
