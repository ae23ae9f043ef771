package dev.openaigateway.upstream.errors;

import dev.openaigateway.routing.outcome.FailureReason;

import java.util.function.Supplier;

/** Whose fault an error of an upstream is. Immutable. */
public sealed interface Verdict {

    /** The request itself is at fault, so that every instance would refuse it. */
    Verdict REQUEST_FAULT = new RequestFault();
    /** What was looked at does not say whose fault it is. */
    Verdict UNKNOWN = new Unknown();

    /** The verdict {@link #REQUEST_FAULT}. */
    record RequestFault() implements Verdict {
    }

    /** Another instance may serve the request. */
    record InstanceFault(FailureReason reason) implements Verdict {
    }

    /** The verdict {@link #UNKNOWN}. */
    record Unknown() implements Verdict {
    }

    /** The instance is at fault, or its account, its deployment, or what is before it. */
    static Verdict instanceFault(FailureReason reason) {
        return new InstanceFault(reason);
    }

    /** This verdict; what the next rule says if this one is {@link #UNKNOWN}. */
    default Verdict or(Supplier<Verdict> next) {
        return this instanceof Unknown ? next.get() : this;
    }
}
