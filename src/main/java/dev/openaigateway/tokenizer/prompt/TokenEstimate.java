package dev.openaigateway.tokenizer.prompt;

import java.util.OptionalLong;

/**
 * The tokens that a request may use.
 *
 * @param prompt       tokens of the prompt
 * @param choices      number of requested choices, at least 1; 0 if the operation has none (embeddings)
 * @param maxPerChoice the client's maximum of tokens per choice; empty if it sent none
 */
public record TokenEstimate(long prompt, long choices, OptionalLong maxPerChoice) {

    /** Exceeds every sensible limit; sums of many such amounts are still a long, and Redis, which counts with doubles, takes it exactly. */
    static final long LARGEST = 1L << 53;

    /** Tokens of the prompt and of all choices at their maximum; at most {@link #LARGEST}. */
    public long requested(long defaultMax) {
        long each = maxPerChoice.orElse(defaultMax);
        return choices > 0 && each > (LARGEST - prompt) / choices ? LARGEST : prompt + choices * each;
    }

    /**
     * The tokens to reserve against a limit. A client's own maximum is reserved as it is, even if it can never fit. The
     * gateway's default is cut to the limit, so that only a prompt longer than the limit cannot fit.
     */
    public long amountWithin(long limit, long defaultMax) {
        long requested = requested(defaultMax);
        return maxPerChoice.isPresent() ? requested : Math.max(prompt, Math.min(requested, limit));
    }

    /**
     * The least to reserve against a limit that has less left than {@link #amountWithin}. The gateway's default is cut to a tenth of the
     * limit, so that what is used beyond the reservations stays small; a client's own maximum is not cut.
     */
    public long leastWithin(long limit, long defaultMax) {
        long amount = amountWithin(limit, defaultMax);
        return maxPerChoice.isPresent() ? amount : Math.min(amount, prompt + limit / 10);
    }
}
