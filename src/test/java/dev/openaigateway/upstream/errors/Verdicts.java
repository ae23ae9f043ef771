package dev.openaigateway.upstream.errors;

import dev.openaigateway.routing.outcome.FailureReason;

/** Verdicts as tables of tests name them. */
final class Verdicts {

    private Verdicts() {
    }

    /** @param reason null if the request itself is at fault */
    static Verdict of(FailureReason reason) {
        return reason == null ? Verdict.REQUEST_FAULT : Verdict.instanceFault(reason);
    }
}
