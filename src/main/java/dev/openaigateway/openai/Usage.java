package dev.openaigateway.openai;

/** Tokens as the upstream billed them. */
public record Usage(long promptTokens, long completionTokens) {

    public long total() {
        return promptTokens + completionTokens;
    }
}
