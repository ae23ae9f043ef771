package dev.openaigateway.health;

import dev.openaigateway.health.Availability.State;

import java.time.Duration;
import java.time.InstantSource;

/** The time for which something is not called, with the reason. Thread-safe. */
final class Bench {

    private record Until(long millis, State reason) {
    }

    private static final Until NEVER = new Until(0, State.RATE_LIMITED);

    private final InstantSource ticks;
    private final Outages outages;
    private volatile Until until = NEVER;

    Bench(InstantSource ticks, Outages outages) {
        this.ticks = ticks;
        this.outages = outages;
    }

    /** Never shortens the current time. Of two reasons the longer one counts. */
    synchronized void extend(Duration wait, State reason) {
        long end = ticks.millis() + wait.toMillis();
        if (end > until.millis()) {
            until = new Until(end, reason);
            outages.began();
        }
    }

    /** Null if nothing is benched. */
    Availability now() {
        Until current = until;
        if (current == NEVER) {
            return null;
        }
        long left = current.millis() - ticks.millis();
        return left > 0 ? new Availability(current.reason(), Duration.ofMillis(left)) : null;
    }

    void clear() {
        until = NEVER;
    }
}
