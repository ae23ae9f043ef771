package dev.openaigateway.routing;

import java.time.Duration;

/**
 * Whether an instance may be called now.
 *
 * @param busyFor time until it may be called again; null if that does not depend on time
 */
public record Availability(State state, Duration busyFor) {

    public enum State { READY, DISABLED, BENCHED, BREAKER_OPEN, FAILS_CHECKS }

    static final Availability READY = new Availability(State.READY, null);
    static final Availability FAILS_CHECKS = new Availability(State.FAILS_CHECKS, null);
    static final Availability DISABLED = new Availability(State.DISABLED, null);

    public boolean ready() {
        return state == State.READY;
    }
}
