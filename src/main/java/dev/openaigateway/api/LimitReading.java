package dev.openaigateway.api;

/**
 * Where a limit per minute stands after a request was let in under it.
 *
 * @param resetMillis until what the request reserved is free again
 */
public record LimitReading(long limit, long remaining, long resetMillis) {

    boolean isTighterThan(LimitReading other) {
        return other == null || remaining < other.remaining;
    }
}
