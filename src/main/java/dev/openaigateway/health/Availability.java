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

    /**
     * Why nothing is called, as text that continues a sentence; null if it is ready.
     *
     * @param whose follows a state that lasts for a time
     */
    public String reason(String whose) {
        String wait = busyFor == null ? null : busyFor.toMillis() + " ms" + whose;
        return switch (state) {
            case READY -> null;
            case FAILS_CHECKS -> "fails its health checks";
            case NO_TOKEN -> "has no token";
            case DISABLED -> "disabled in the settings";
            case RATE_LIMITED -> "benched for another " + wait;
            case UNAVAILABLE -> "reported to be unavailable for another " + wait;
            case NO_CREDIT -> "out of credit; benched for another " + wait;
            case BREAKER_OPEN -> "its breaker is open for another " + wait;
        };
    }
}
