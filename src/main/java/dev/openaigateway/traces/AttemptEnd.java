package dev.openaigateway.traces;

import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.routing.Outcome;

/** How an attempt ended, in the words of spans. */
final class AttemptEnd {

    private AttemptEnd() {
    }

    /** The upstream's HTTP status; 0 if there was none. */
    static long status(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return succeeded.status();
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.status();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.status();
        } else if (outcome instanceof Outcome.WithoutAddition refused) {
            return refused.status();
        } else if (outcome instanceof Outcome.Missing missing) {
            return missing.status();
        }
        return outcome instanceof Outcome.BrokenOff ? 200 : 0;
    }

    /** The kind of failure as one word, as in metrics; null for a success. */
    static String error(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded) {
            return null;
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.reason().kind();
        } else if (outcome instanceof Outcome.BrokenOff broken) {
            return broken.reason().kind();
        } else if (outcome instanceof Outcome.Abandoned) {
            return ErrorCode.CLIENT_GONE;
        } else if (outcome instanceof Outcome.Missing) {
            return "missing";
        }
        return outcome instanceof Outcome.WithoutAddition ? "refused_addition" : "refused";
    }

    /** The gateway's own name of the failure; null for other outcomes. */
    static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason().text();
        }
        return outcome instanceof Outcome.BrokenOff broken ? broken.reason().text() : null;
    }

    /** The wait that the upstream requested, in milliseconds; 0 if it requested none. */
    static long waitMillis(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.retryAfter() != null ? failed.retryAfter().toMillis() : 0;
    }

    /** Whether the client got at least the beginning of this attempt's response, or left while it waited for it. */
    static boolean isServed(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.BrokenOff || outcome instanceof Outcome.Abandoned;
    }
}
