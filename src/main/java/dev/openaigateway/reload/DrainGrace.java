package dev.openaigateway.reload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Objects that were replaced, and since when. Calls may use them for a moment longer. Not thread-safe. */
final class DrainGrace {

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Instant> since = new HashMap<>();

    DrainGrace(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it has not been needed for a minute; the first question begins it. */
    boolean isOver(String name) {
        Instant now = clock.instant();
        return !now.isBefore(since.computeIfAbsent(name, any -> now).plus(GRACE));
    }

    void forget(String name) {
        since.remove(name);
    }
}
