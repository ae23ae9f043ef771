package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Optional;

/** The operations on a model, named by their paths below {@code /v1}. */
public enum Operation {

    CHAT_COMPLETIONS("chat/completions"),
    COMPLETIONS("completions"),
    EMBEDDINGS("embeddings"),
    RESPONSES("responses"),
    RESPONSE_INPUT_TOKENS("responses/input_tokens"),
    RESPONSE_COMPACTION("responses/compact"),
    MODERATIONS("moderations"),
    IMAGE_GENERATIONS("images/generations"),
    IMAGE_EDITS("images/edits"),
    IMAGE_VARIATIONS("images/variations"),
    SPEECH("audio/speech"),
    TRANSCRIPTIONS("audio/transcriptions"),
    TRANSLATIONS("audio/translations");

    private final String path;

    Operation(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** Whether a stream of this operation reports usage only if {@code stream_options.include_usage} requests it. */
    public boolean usageOnRequest() {
        return this == CHAT_COMPLETIONS || this == COMPLETIONS;
    }

    /** Whether Azure's dated API serves this operation below a deployment. */
    public boolean underDeployment() {
        return !acceptsPreviousResponse() && this != MODERATIONS;
    }

    /** Whether the request body may refer to a stored response by {@code previous_response_id}. */
    public boolean acceptsPreviousResponse() {
        return this == RESPONSES || this == RESPONSE_INPUT_TOKENS || this == RESPONSE_COMPACTION;
    }

    /** Whether the response contains images. */
    public boolean returnsImages() {
        return this == IMAGE_GENERATIONS || this == IMAGE_EDITS || this == IMAGE_VARIATIONS;
    }

    /** Whether the response is JSON, unless a stream is requested; audio and subtitles are not. */
    public boolean returnsJson() {
        return this != SPEECH && this != TRANSCRIPTIONS && this != TRANSLATIONS;
    }

    /** Whether the request may be a multipart form. */
    public boolean acceptsForm() {
        return this == IMAGE_EDITS || this == IMAGE_VARIATIONS || this == TRANSCRIPTIONS || this == TRANSLATIONS;
    }

    /** The default model documented by OpenAI for requests that name none; empty if there is no default. */
    public Optional<String> defaultModel() {
        return switch (this) {
            case MODERATIONS -> Optional.of("omni-moderation-latest");
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> Optional.of("dall-e-2");
            default -> Optional.empty();
        };
    }

    /** The operation with exactly this path below {@code /v1/}; empty if there is none. */
    public static Optional<Operation> fromPath(String path) {
        return Arrays.stream(values()).filter(operation -> operation.path.equals(path)).findFirst();
    }
}
