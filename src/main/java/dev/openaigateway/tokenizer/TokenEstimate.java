package dev.openaigateway.tokenizer;

import java.util.OptionalLong;

/**
 * The tokens that a request may use.
 *
 * @param prompt  tokens of the prompt
 * @param choices how many choices are requested, at least 1; 0 where the operation has none (embeddings)
 * @param most    the most tokens of each choice, as the client said; empty if it did not
 */
public record TokenEstimate(long prompt, long choices, OptionalLong most) {

    /** Prompt and all answers at their longest; {@link Long#MAX_VALUE} if that is beyond all numbers. */
    public long requested(long defaultMost) {
        long each = most.orElse(defaultMost);
        try {
            return Math.addExact(prompt, Math.multiplyExact(choices, each));
        } catch (ArithmeticException beyondAllNumbers) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * What to reserve against a limit. A client's own maximum stands, even where it can never fit. The default is ours,
     * so it gives way to the limit; only a prompt that is longer than the limit then cannot fit.
     */
    public long amountWithin(long limit, long defaultMost) {
        long requested = requested(defaultMost);
        return most.isPresent() ? requested : Math.max(prompt, Math.min(requested, limit));
    }
}
