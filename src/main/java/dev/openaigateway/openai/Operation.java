package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client asks of a model, named by its path below {@code /v1}. */
public enum Operation {

    CHAT_COMPLETIONS("chat/completions"),
    COMPLETIONS("completions"),
    EMBEDDINGS("embeddings"),
    RESPONSES("responses", ObjectKind.RESPONSE, "GET /ID", "GET /ID/input_items", "DELETE /ID", "POST /ID/cancel"),
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
    private final Optional<ObjectKind> stores;
    private final Pattern objectRequests;

    Operation(String path) {
        this(path, null);
    }

    /**
     * @param stores         null for none
     * @param objectRequests methods and paths below the operation's of requests about one object
     */
    Operation(String path, ObjectKind stores, String... objectRequests) {
        this.path = path;
        this.stores = Optional.ofNullable(stores);
        this.objectRequests = Pattern.compile(String.join("|", objectRequests).replace("ID", "[A-Za-z0-9_-]{1,256}"));
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

    /** The kind of object that its response describes, which the upstream keeps for later requests; empty for most. */
    public Optional<ObjectKind> stores() {
        return stores;
    }

    /**
     * Whether a request about one stored object is known.
     *
     * @param subPath what follows the operation's path, from its slash on, such as {@code /ID/input_items}
     */
    public boolean hasObjectRequest(String method, String subPath) {
        return stores.isPresent() && objectRequests.matcher(method + " " + subPath).matches();
    }

    /** What follows the operation in a request's path, from its slash on; empty where the request is about no stored object. */
    public String subPathIn(String requestPath) {
        String start = "/" + path + "/";
        int at = stores.isPresent() ? requestPath.indexOf(start) : -1;
        return at < 0 ? "" : requestPath.substring(at + start.length() - 1);
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

    /** The operation that stores the object which a path is about, such as {@code responses/ID}. */
    public static Optional<Operation> ofObjectPath(String path) {
        return Arrays.stream(values())
                .filter(operation -> operation.stores.isPresent() && path.startsWith(operation.path + "/")).findFirst();
    }

    public static Optional<Operation> fromPath(String path) {
        return Arrays.stream(values()).filter(operation -> operation.path.equals(path)).findFirst();
    }
}
