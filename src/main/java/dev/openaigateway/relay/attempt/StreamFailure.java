package dev.openaigateway.relay.attempt;

import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;

import java.nio.charset.StandardCharsets;

/** How a stream failed after content, and what the client is told about it. Serves one attempt; not thread-safe. */
public final class StreamFailure {

    private final ErrorsUnderSuccess errors;
    private final StreamProgress progress;
    private Outcome outcome;
    private byte[] report;

    public StreamFailure(ErrorsUnderSuccess errors, StreamProgress progress) {
        this.errors = errors;
        this.progress = progress;
    }

    public boolean isKnown() {
        return outcome != null;
    }

    /** Null if the stream has not failed. */
    public Outcome outcome() {
        return outcome;
    }

    public boolean hasReport() {
        return report != null;
    }

    /** The error for the client. */
    public byte[] report() {
        return report == null ? ErrorBody.of(Errors.streamBroken()) : report;
    }

    /** The stream ended before its last event, or no choice has a result. */
    public void endsEarly() {
        outcome = new Outcome.BrokenOff(FailureReason.BROKEN);
        ends();
    }

    /** The stream ended. It has failed if all its choices have: the client was told of each, but not that none is left. */
    public void ends() {
        if (progress.failureAtEnd() != null) {
            reports(progress.failureAtEnd(), progress.failureAtEnd().message().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Records an upstream's error; {@code fallback} is sent if it is not an OpenAI error object. A refusal, as of a filter, does not count against the instance. */
    public void reports(UpstreamError error, byte[] fallback) {
        outcome = errors.outcomeAfterContent(error) instanceof Outcome.Failed failed ? new Outcome.BrokenOff(failed.reason()) : new Outcome.Succeeded(200);
        report = errors.masked(error.body() == null ? fallback : error.body());
    }
}
