package dev.openaigateway.api;

import java.util.Arrays;
import java.util.Optional;

/** What a client asks of a model, named by its path below {@code /v1}. */
public enum Operation {

    CHAT_COMPLETIONS("chat/completions", true),
    COMPLETIONS("completions", true),
    EMBEDDINGS("embeddings", false);

    private final String path;
    private final boolean usageOnRequest;

    Operation(String path, boolean usageOnRequest) {
        this.path = path;
        this.usageOnRequest = usageOnRequest;
    }

    public String path() {
        return path;
    }

    /** Whether a stream of this operation reports its usage only where {@code stream_options.include_usage} asks for it. */
    public boolean usageOnRequest() {
        return usageOnRequest;
    }

    public static Optional<Operation> at(String path) {
        return Arrays.stream(values()).filter(operation -> operation.path.equals(path)).findFirst();
    }
}
