package dev.openaigateway.stats;

/** The operation names of the OpenTelemetry conventions for generative AI. */
public final class GenAiOperation {

    private GenAiOperation() {
    }

    /** @param path follows {@code /v1/}; also the name of operations that the conventions do not cover */
    public static String nameOf(String path) {
        return switch (path) {
            case "chat/completions", "responses" -> "chat";
            case "completions" -> "text_completion";
            default -> path;
        };
    }
}
