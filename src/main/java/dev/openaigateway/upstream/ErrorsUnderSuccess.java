package dev.openaigateway.upstream;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.passed.PassedErrors;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.openai.response.errors.RootContent;
import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.errors.ImpliedStatus;
import dev.openaigateway.upstream.errors.WrappedErrors;
import dev.openaigateway.upstream.redaction.KeySearch;
import org.apache.camel.Exchange;

import java.util.Arrays;
import java.util.Set;

/** The errors that the upstream of one attempt reports under a status of success: as its response, in it, or as events of a stream. Not thread-safe. */
public final class ErrorsUnderSuccess {

    private final ResponseClassifier classifier;
    private final Exchange exchange;
    /** Null until something is searched. */
    private KeySearch keySearch;
    private boolean inData;

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

    /**
     * Masks the JSON of a good event while it passes, but not generated content: keys and hosts in what is said of errors, and keys also in each other
     * text of an event with choices.
     */
    public ErrorRewriter rewriter() {
        return new ErrorRewriter(this::masked, hasChoices() ? this::withoutKeys : null);
    }

    /** The same for a JSON response, and the keys in each other text of one whose generated content has a known place. */
    public ErrorRewriter rewriterOfWhole() {
        Set<String> content = RootContent.of(operation());
        return content == null ? new ErrorRewriter(this::masked, null) : new ErrorRewriter(this::masked, this::withoutKeys, content);
    }

    private boolean hasChoices() {
        return operation().usageOnRequest();
    }

    private Operation operation() {
        return Attempt.of(exchange).call().request().operation();
    }

    /** The body of a good response, masked in the same way. Not a copy if there is nothing to mask. */
    public byte[] masked(JsonResponse response) {
        byte[] shown = response.masked(this::masked);
        return !search().mayFind(shown, 0, shown.length) || withoutKeys(shown) == shown ? shown : rewriterOfWhole().whole(shown);
    }

    /**
     * Whether a good event may have a key beside generated content: beside the data, or in it if it has choices or is of a request that is passed
     * through. Asked for each event, so it is a quick search.
     *
     * @param to exclusive
     */
    public boolean mayHoldKey(byte[] bytes, int from, int to) {
        KeySearch search = search();
        return inData ? search.mayFind(bytes, from, to) : search.mayFindBesideData(bytes, from, to);
    }

    private KeySearch search() {
        if (keySearch == null) {
            keySearch = classifier.keySearch(exchange);
            inData = hasChoices() || operation() == Operation.PASSTHROUGH;
        }
        return keySearch;
    }

    /** A good event, with keys masked beside generated content. The same array if there is none. */
    public byte[] maskedBesideContent(byte[] event) {
        if (withoutKeys(event) == event) {
            return event;
        }
        byte[] shown = SseLine.withoutData(event, this::withoutKeys);
        return hasChoices() ? SseData.withData(shown, json -> rewriter().whole(json)) : shown;
    }

    /** JSON of a request that is passed through, with keys and hosts masked where it says something of errors. The same array if it has no key. */
    public byte[] maskedPassed(byte[] json) {
        return mayHoldKey(json, 0, json.length) && withoutKeys(json) != json ? PassedErrors.changed(json, this::masked) : json;
    }

    /** The same for an event. Null if it has no key. */
    public byte[] maskedPassed(byte[] bytes, int from, int to) {
        if (!mayHoldKey(bytes, from, to)) {
            return null;
        }
        byte[] event = Arrays.copyOfRange(bytes, from, to);
        return withoutKeys(event) == event ? null : PassedErrors.changedEvent(event, this::masked);
    }

    private byte[] withoutKeys(byte[] shown) {
        return classifier.withoutKeys(shown, exchange);
    }
}
