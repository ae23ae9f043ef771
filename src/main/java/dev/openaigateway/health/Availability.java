package dev.openaigateway.health;

import java.time.Duration;

/**
 * Whether an instance may be called now, with a model or at all.
 *
 * @param busyFor time until it may be called again; null if that does not depend on time
 */
public record Availability(State state, Duration busyFor) {

    /** {@code RATE_LIMITED}: at its limit; {@code UNAVAILABLE}: it reported that it is unavailable, and named a time; {@code NO_CREDIT}: its account is empty. */
    public enum State { READY, DISABLED, RATE_LIMITED, UNAVAILABLE, NO_CREDIT, BREAKER_OPEN, FAILS_CHECKS, NO_TOKEN }

    public static final Availability DISABLED = new Availability(State.DISABLED, null);
    static final Availability READY = new Availability(State.READY, null);
    static final Availability NO_TOKEN = new Availability(State.NO_TOKEN, null);
    static final Availability FAILS_CHECKS = new Availability(State.FAILS_CHECKS, null);

    public boolean ready() {
        return state == State.READY;
    }
}
