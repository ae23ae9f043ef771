package dev.openaigateway.relay;

import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;

/** How a stream failed after content, and what the client is told about it. Serves one attempt; not thread-safe. */
final class StreamFailure {

    private Outcome outcome;
    private byte[] report;

    /** Whether the stream has failed. */
    boolean isKnown() {
        return outcome != null;
    }

    /** How the attempt ends; null if the stream has not failed. */
    Outcome outcome() {
        return outcome;
    }

    /** Whether the stream ended with the upstream's own error. */
    boolean hasReport() {
        return report != null;
    }

    /** The error for the client. */
    byte[] report() {
        return report == null ? ErrorBody.of(Errors.streamBroken()) : report;
    }

    /** The stream ended before its last event. */
    void endsEarly() {
        outcome = new Outcome.BrokenOff(FailureReason.BROKEN);
    }

    /**
     * The upstream has reported an error. One that refuses the request, such as a content filter, says nothing against the instance.
     *
     * @param meaning what the error would mean before content
     * @param error   the error as the client may see it
     */
    void reports(Outcome meaning, byte[] error) {
        outcome = meaning instanceof Outcome.Failed failed ? new Outcome.BrokenOff(failed.reason()) : new Outcome.Succeeded(200);
        report = error;
    }
}
