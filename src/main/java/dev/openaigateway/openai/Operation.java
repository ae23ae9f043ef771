package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Optional;

/** What a client asks of a model, named by its path below {@code /v1}. */
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

    /** Whether a stream of this operation reports its usage only where {@code stream_options.include_usage} asks for it. */
    public boolean usageOnRequest() {
        return this == CHAT_COMPLETIONS || this == COMPLETIONS;
    }

    /** Whether Azure's dated form has it below a deployment. */
    public boolean underDeployment() {
        return !acceptsPreviousResponse() && this != MODERATIONS;
    }

    /** Whether its body may name a stored response in {@code previous_response_id}. */
    public boolean acceptsPreviousResponse() {
        return this == RESPONSES || this == RESPONSE_INPUT_TOKENS || this == RESPONSE_COMPACTION;
    }

    /** Whether its answer is one of images. */
    public boolean returnsImages() {
        return this == IMAGE_GENERATIONS || this == IMAGE_EDITS || this == IMAGE_VARIATIONS;
    }

    /** Whether its answer is JSON unless a stream is asked for; sounds and subtitles are not. */
    public boolean returnsJson() {
        return this != SPEECH && this != TRANSCRIPTIONS && this != TRANSLATIONS;
    }

    /** Whether its request may be a multipart form. */
    public boolean acceptsForm() {
        return this == IMAGE_EDITS || this == IMAGE_VARIATIONS || this == TRANSCRIPTIONS || this == TRANSLATIONS;
    }

    /** The model that is meant where a request names none, as OpenAI documents it. */
    public Optional<String> defaultModel() {
        return switch (this) {
            case MODERATIONS -> Optional.of("omni-moderation-latest");
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> Optional.of("dall-e-2");
            default -> Optional.empty();
        };
    }

    public static Optional<Operation> fromPath(String path) {
        return Arrays.stream(values()).filter(operation -> operation.path.equals(path)).findFirst();
    }
}
