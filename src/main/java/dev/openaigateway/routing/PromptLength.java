package dev.openaigateway.routing;

import dev.openaigateway.call.Call;

import java.util.Optional;

/** How long a request's prompt is. */
@FunctionalInterface
public interface PromptLength {

    /**
     * Tokens; counted at the first question, and known from then on.
     *
     * @param tokenizer the name of an encoding; empty: that of the model
     */
    long tokens(Call call, Optional<String> tokenizer);
}
