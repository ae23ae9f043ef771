package dev.openaigateway.openai;

/** The tokens of one request, as billed by the upstream. */
public record Usage(long promptTokens, long completionTokens) {

    public long total() {
        return promptTokens + completionTokens;
    }
}
