package dev.openaigateway.ratelimit;

import java.util.OptionalLong;

/** The outcome of a reservation request: a {@link Reservation}, a refusal, or no decision. */
public sealed interface Admission permits Reservation, Admission.Refusal, Admission.Unavailable {

    /**
     * A limit has no room.
     *
     * @param limit      the charge, of those that did not fit, that has to wait longest
     * @param remaining  what its limit has left
     * @param waitMillis time until all charges fit, if no others arrive; empty if they never can
     */
    record Refusal(Charge limit, long remaining, OptionalLong waitMillis) implements Admission {
    }

    /** Redis is unavailable, and the policy is to refuse requests in that case. */
    record Unavailable() implements Admission {
    }
}
