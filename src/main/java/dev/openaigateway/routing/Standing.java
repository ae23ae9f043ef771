package dev.openaigateway.routing;

import java.time.Duration;

/**
 * Whether an instance may be called now.
 *
 * @param busyFor until it may be called again; null where time alone will not change that
 */
public record Standing(State state, Duration busyFor) {

    public enum State { READY, DISABLED, BENCHED, BREAKER_OPEN, FAILS_CHECKS }

    static final Standing READY = new Standing(State.READY, null);
    static final Standing FAILS_CHECKS = new Standing(State.FAILS_CHECKS, null);
    static final Standing DISABLED = new Standing(State.DISABLED, null);

    public boolean ready() {
        return state == State.READY;
    }
}
