package dev.openaigateway.upstream;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.upstream.errors.ImpliedStatus;
import dev.openaigateway.upstream.errors.WrappedErrors;
import org.apache.camel.Exchange;

/** The errors that the upstream of one attempt reports under a status of success: as its response, in it, or as events of a stream. */
public final class UpstreamErrors {

    private final ResponseClassifier classifier;
    private final Exchange exchange;

    UpstreamErrors(ResponseClassifier classifier, Exchange exchange) {
        this.classifier = classifier;
        this.exchange = exchange;
    }

    /** The outcome of the attempt that an error ends. The error's code and type determine its status. */
    public Outcome outcome(UpstreamError error) {
        return classifier.outcome(ImpliedStatus.of(WrappedErrors.unwrap(error)), error, exchange);
    }

    /** What has an error in it, as the client may see it: without keys and hosts. The same array if there is nothing to mask. */
    public byte[] masked(byte[] shown) {
        return classifier.masked(shown, exchange);
    }
}
