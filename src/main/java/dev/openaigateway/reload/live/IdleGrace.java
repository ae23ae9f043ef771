package dev.openaigateway.reload.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Tracks how long replaced objects have been unused, because calls may use them for a moment longer. Not thread-safe. */
public final class IdleGrace {

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Instant> since = new HashMap<>();

    public IdleGrace(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes the time from which the object is unused; nothing if it is known. */
    public void begin(String name) {
        since.computeIfAbsent(name, key -> clock.instant());
    }

    /** Returns whether a minute has passed since {@link #begin}. */
    public boolean isOver(String name) {
        Instant begin = since.get(name);
        return begin != null && !clock.instant().isBefore(begin.plus(GRACE));
    }

    public void forget(String name) {
        since.remove(name);
    }
}
