package dev.openaigateway.tokens;

import java.util.OptionalLong;

/** What a request is told that asks for room. */
public sealed interface Admission permits Reservation, Admission.Refusal, Admission.Unavailable {

    /**
     * @param limit      the charge that did not fit
     * @param remaining  what its limit has left
     * @param waitMillis until it fits if nothing else comes; empty if it never can
     */
    record Refusal(Charge limit, long remaining, OptionalLong waitMillis) implements Admission {
    }

    /** Redis does not answer, and requests are to be refused then. */
    record Unavailable() implements Admission {
    }
}
