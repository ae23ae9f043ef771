package dev.openaigateway.ratelimit;

import java.util.List;
import java.util.OptionalLong;

/** The decision of a store on a list of charges: all of them are made, or none is. */
public sealed interface Decision {

    /**
     * @param bucket      the second that was charged, by the store's clock, since 1970
     * @param location    which stores hold the charges
     * @param remaining   what each limit has left, in the order of the charges; below 0 after uses beyond what was reserved
     * @param resetMillis until these charges have left the window
     */
    record Admitted(long bucket, Location location, List<Long> remaining, long resetMillis) implements Decision {

        /** No store was asked, and none will be. */
        static final Admitted UNCOUNTED = new Admitted(0, Location.NOWHERE, List.of(), 0);
    }

    /**
     * @param limit      of the charges that did not fit the one that fits last, the first of several
     * @param remaining  what that limit has left
     * @param waitMillis until all charges fit if nothing else comes; empty if it never can
     */
    record Refused(Charge limit, long remaining, OptionalLong waitMillis) implements Decision {
    }

    /** The shared windows cannot be asked, and requests are to be refused then. */
    record Unavailable() implements Decision {
    }

    /** Where charges were made, and so where they are to be settled. */
    enum Location { HERE, SHARED, NOWHERE }
}
