package dev.openaigateway.call;

import java.util.Optional;

/** The length of a request's prompt. */
@FunctionalInterface
public interface PromptLength {

    /**
     * Counts tokens on the first call and returns the same number later.
     *
     * @param model     the model that the prompt is counted for
     * @param tokenizer the name of an encoding; empty for the model's own
     */
    long tokens(Call call, String model, Optional<String> tokenizer);
}
