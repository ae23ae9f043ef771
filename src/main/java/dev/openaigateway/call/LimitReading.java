package dev.openaigateway.call;

/**
 * The state of a limit per minute after it admitted or refused a request. Immutable.
 *
 * @param limit       tokens or requests per minute
 * @param remaining   at least 0
 * @param resetMillis time until the request's reservation is free again or, after a refusal, until the request would fit;
 *                    negative if it never fits
 */
public record LimitReading(long limit, long remaining, long resetMillis) {

    public LimitReading {
        remaining = Math.max(0, remaining);
    }

    /** Whether less is left than of the other limit, which may be null. */
    public boolean isTighterThan(LimitReading other) {
        return other == null || remaining < other.remaining;
    }

    boolean freesBefore(LimitReading other) {
        return resetMillis >= 0 && (other.resetMillis < 0 || resetMillis < other.resetMillis);
    }
}
