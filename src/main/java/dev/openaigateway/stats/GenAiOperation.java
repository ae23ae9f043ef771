package dev.openaigateway.stats;

/** The operation names of the OpenTelemetry conventions for generative AI. */
final class GenAiOperation {

    private GenAiOperation() {
    }

    /** @param path behind {@code /v1/}; what the conventions do not name keeps the path */
    static String nameOf(String path) {
        return switch (path) {
            case "chat/completions", "responses" -> "chat";
            case "completions" -> "text_completion";
            default -> path;
        };
    }
}
