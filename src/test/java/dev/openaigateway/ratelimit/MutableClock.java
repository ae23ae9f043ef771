package dev.openaigateway.ratelimit;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that only a test advances. */
final class MutableClock implements InstantSource {

    private volatile long millis = 1_800_000_000_123L;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public long millis() {
        return millis;
    }

    void advance(long by) {
        millis += by;
    }
}
