package dev.openaigateway.upstream;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.errors.ImpliedStatus;
import dev.openaigateway.upstream.errors.WrappedErrors;
import org.apache.camel.Exchange;

/** The errors that the upstream of one attempt reports under a status of success: as its response, in it, or as events of a stream. */
public final class ErrorsUnderSuccess {

    private final ResponseClassifier classifier;
    private final Exchange exchange;

    ErrorsUnderSuccess(ResponseClassifier classifier, Exchange exchange) {
        this.classifier = classifier;
        this.exchange = exchange;
    }

    /** The outcome of the attempt that an error ends. The error's code and type determine its status. */
    public Outcome outcome(UpstreamError error) {
        return classifier.outcome(ImpliedStatus.of(WrappedErrors.unwrap(error)), error, exchange);
    }

    /**
     * What an error after the first content means. The upstream had accepted the request, so an error that is only a status, as vLLM sends 400
     * when its engine dies, is one of the server.
     */
    public Outcome outcomeAfterContent(UpstreamError error) {
        Outcome outcome = outcome(error);
        boolean refuses = outcome instanceof Outcome.Rejected rejected && (rejected.trigger() != null || ImpliedStatus.isNamed(WrappedErrors.unwrap(error)));
        return outcome instanceof Outcome.Rejected && !refuses ? new Outcome.Failed(FailureReason.SERVER_ERROR, "") : outcome;
    }

    /** The body or event that contains the error, with keys and hosts masked. The same array if there is nothing to mask. */
    public byte[] masked(byte[] shown) {
        return classifier.masked(shown, exchange);
    }

    /** What may belong to an error or to a good response, with keys masked. The same array if there is nothing to mask. */
    public byte[] withoutKeys(byte[] shown) {
        return classifier.withoutKeys(shown, exchange);
    }
}
