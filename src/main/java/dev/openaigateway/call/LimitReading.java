package dev.openaigateway.call;

/**
 * Where a limit per minute stands after a request was let in under it, or was refused because of it.
 *
 * @param remaining   at least 0
 * @param resetMillis until what the request reserved is free again, or until there is room for what was refused; below 0
 *                    if there never is
 */
public record LimitReading(long limit, long remaining, long resetMillis) {

    public LimitReading {
        remaining = Math.max(0, remaining);
    }

    boolean isTighterThan(LimitReading other) {
        return other == null || remaining < other.remaining;
    }

    boolean freesBefore(LimitReading other) {
        return resetMillis >= 0 && (other.resetMillis < 0 || resetMillis < other.resetMillis);
    }
}
