package dev.openaigateway.openai;

/**
 * The tokens of one request, as billed by the upstream.
 *
 * @param promptTokens     all tokens of the input, those from a cache too
 * @param completionTokens all tokens of the output, those of reasoning too
 * @param details          parts of these tokens
 * @param serviceTier      the tier that the upstream served the request in, such as {@code flex}; null if it named none
 */
public record Usage(long promptTokens, long completionTokens, UsageDetails details, String serviceTier) {

    public Usage(long promptTokens, long completionTokens) {
        this(promptTokens, completionTokens, UsageDetails.NONE, null);
    }

    public long total() {
        return promptTokens + completionTokens;
    }

    /** Whether any number is more than 0. Some upstreams send zeros after the usage of a stream. */
    public boolean hasCounts() {
        return total() > 0 || !details.equals(UsageDetails.NONE);
    }

    /** The sum, in the tier of the other one if it names one. */
    public Usage plus(Usage other) {
        return new Usage(promptTokens + other.promptTokens, completionTokens + other.completionTokens, details.plus(other.details),
                other.serviceTier == null ? serviceTier : other.serviceTier);
    }

    /** At least as many tokens as in the other one, of the prompt and of the completion. */
    public Usage atLeast(Usage other) {
        return new Usage(Math.max(promptTokens, other.promptTokens), Math.max(completionTokens, other.completionTokens), details, serviceTier);
    }

    /** The same usage in this tier, unless it names one itself. */
    public Usage inTier(String tier) {
        return tier == null || serviceTier != null ? this : new Usage(promptTokens, completionTokens, details, tier);
    }
}
