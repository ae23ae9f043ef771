package dev.openaigateway.ratelimit;

import java.util.OptionalLong;

/** What a request is told that asks for room. */
public sealed interface Admission permits Reservation, Admission.Refusal, Admission.Unavailable {

    /**
     * @param limit      of the charges that did not fit the one that fits last
     * @param remaining  what its limit has left
     * @param waitMillis until all fit if nothing else comes; empty if it never can
     */
    record Refusal(Charge limit, long remaining, OptionalLong waitMillis) implements Admission {
    }

    /** Redis does not answer, and requests are to be refused then. */
    record Unavailable() implements Admission {
    }
}
