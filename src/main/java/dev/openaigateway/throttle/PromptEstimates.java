package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The estimates of one call's request. It is counted once per tokenizer, and again after a rule has changed it. Thread-safe. */
final class PromptEstimates {

    private record Counting(String model, Optional<String> tokenizer) {
    }

    private final Call call;
    private final Map<Counting, TokenEstimate> estimates = new HashMap<>(2);
    private RequestBody counted;

    private PromptEstimates(Call call) {
        this.call = call;
    }

    static PromptEstimates of(Call call) {
        return call.attachment(PromptEstimates.class, PromptEstimates::new);
    }

    /**
     * The estimate of the request as it is now. The first one makes the response be counted too, in case it reports no usage.
     *
     * @param model     the model that the prompt is counted for
     * @param tokenizer empty for the model's own
     */
    synchronized TokenEstimate estimate(String model, Optional<String> tokenizer) {
        TokenEstimate estimate = counted(model, tokenizer);
        if (!call.result().isCounted()) {
            call.result().countWith(TokenEstimates.responseCounters(estimate, model, tokenizer));
        }
        return estimate;
    }

    /** The estimate of the request as the client sent it, with the model's own tokenizer. */
    synchronized TokenEstimate received() {
        ModelRequest received = call.received();
        return received.body() == call.request().body() ? counted(received.model(), Optional.empty())
                : TokenEstimates.count(received, received.model(), Optional.empty());
    }

    private TokenEstimate counted(String model, Optional<String> tokenizer) {
        if (counted != call.request().body()) {
            counted = call.request().body();
            estimates.clear();
            call.result().countWith(null);
        }
        return estimates.computeIfAbsent(new Counting(model, tokenizer), each -> TokenEstimates.count(call.request(), model, tokenizer));
    }
}
