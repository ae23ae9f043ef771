package dev.openaigateway.ratelimit;

import java.util.List;
import java.util.OptionalLong;

/** The decision of a store on a list of charges: either all of them are made or none. */
public sealed interface Decision {

    /**
     * All charges were made.
     *
     * @param bucket      the charged bucket: seconds since 1970 by the store's clock
     * @param location    the stores that hold the charges
     * @param remaining   what each limit has left, in the order of the charges; negative if usage exceeded the reservations
     * @param resetMillis time until these charges have left the window
     */
    record Admitted(long bucket, Location location, List<Long> remaining, long resetMillis) implements Decision {

        /** No store was charged, and none has to be settled. */
        static final Admitted UNCOUNTED = new Admitted(0, Location.NOWHERE, List.of(), 0);
    }

    /**
     * No charge was made.
     *
     * @param charge     the one, of those that did not fit, that has to wait longest; the first of several
     * @param remaining  what its limit has left
     * @param waitMillis time until all charges fit, if no others arrive; empty if they never can
     */
    record Refused(Charge charge, long remaining, OptionalLong waitMillis) implements Decision, Admission {
    }

    /** The shared windows are unavailable, and the policy is to refuse requests in that case. */
    record Unavailable() implements Decision, Admission {
    }

    /** Where charges were made and have to be settled. */
    enum Location {
        /** In this process. */
        HERE,
        /** In this process, while Redis was unavailable. */
        ALONE,
        /** On Redis and in its local copy. */
        SHARED,
        /** In no store. */
        NOWHERE
    }
}
