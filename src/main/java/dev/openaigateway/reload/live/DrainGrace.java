package dev.openaigateway.reload.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Tracks how long replaced objects have been unused, because calls may use them for a moment longer. Not thread-safe. */
public final class DrainGrace {

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Instant> since = new HashMap<>();

    public DrainGrace(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns whether a minute has passed since the first call for this name. */
    public boolean isOver(String name) {
        Instant now = clock.instant();
        return !now.isBefore(since.computeIfAbsent(name, key -> now).plus(GRACE));
    }

    public void forget(String name) {
        since.remove(name);
    }
}
