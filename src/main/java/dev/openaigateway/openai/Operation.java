package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations on a model, named by their paths below {@code /v1}. */
public enum Operation {

    CHAT_COMPLETIONS("chat/completions"),
    COMPLETIONS("completions"),
    EMBEDDINGS("embeddings"),
    RESPONSES("responses", ObjectKind.RESPONSE, "GET /ID", "GET /ID/input_items", "DELETE /ID", "POST /ID/cancel"),
    RESPONSE_INPUT_TOKENS("responses/input_tokens"),
    RESPONSE_COMPACTION("responses/compact", ObjectKind.RESPONSE),
    MODERATIONS("moderations"),
    IMAGE_GENERATIONS("images/generations"),
    IMAGE_EDITS("images/edits"),
    IMAGE_VARIATIONS("images/variations"),
    SPEECH("audio/speech"),
    TRANSCRIPTIONS("audio/transcriptions"),
    TRANSLATIONS("audio/translations"),
    /** Any path that is passed to an instance as it is. */
    PASSTHROUGH("passthrough");

    private static final Map<String, Operation> BY_PATH =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operation::path, operation -> operation));

    private final String path;
    private final Optional<ObjectKind> stores;
    private final Pattern objectRequests;

    Operation(String path) {
        this(path, null);
    }

    /**
     * @param stores         null if the upstream keeps nothing
     * @param objectRequests the requests about one object: method, and the path after the operation
     */
    Operation(String path, ObjectKind stores, String... objectRequests) {
        this.path = path;
        this.stores = Optional.ofNullable(stores);
        this.objectRequests = Pattern.compile(String.join("|", objectRequests).replace("ID", ClientPaths.SEGMENT));
    }

    public String path() {
        return path;
    }

    /** Whether a stream of this operation reports usage only if {@code stream_options.include_usage} requests it. */
    public boolean usageOnRequest() {
        return this == CHAT_COMPLETIONS || this == COMPLETIONS;
    }

    /** Whether the response can be a stream. */
    public boolean streams() {
        return usageOnRequest() || this == RESPONSES || this == SPEECH || this == TRANSCRIPTIONS || this == IMAGE_GENERATIONS || this == IMAGE_EDITS
                || this == PASSTHROUGH;
    }

    /** Whether Azure's dated API serves this operation below a deployment. */
    public boolean underDeployment() {
        return !acceptsPreviousResponse() && this != MODERATIONS && this != PASSTHROUGH;
    }

    /** Whether the request body may refer to a stored response by {@code previous_response_id}. */
    public boolean acceptsPreviousResponse() {
        return this == RESPONSES || this == RESPONSE_INPUT_TOKENS || this == RESPONSE_COMPACTION;
    }

    /** The kind of object that the response describes and the upstream keeps for later requests; empty for most operations. */
    public Optional<ObjectKind> stores() {
        return stores;
    }

    /**
     * Whether such a request about one stored object exists.
     *
     * @param subPath the part of the path after the operation, with its leading slash, such as {@code /ID/input_items}
     */
    public boolean hasObjectRequest(String method, String subPath) {
        return stores.isPresent() && objectRequests.matcher(method + " " + subPath).matches();
    }

    /** The part of a request's path after the operation, with its leading slash and without one at its end; empty if the request is not about a stored object. */
    public String subPathIn(String requestPath) {
        String start = "/" + path + "/";
        int at = stores.isPresent() && this != RESPONSE_COMPACTION ? requestPath.indexOf(start) : -1;
        return at < 0 ? "" : ClientPaths.withoutNeedlessEncoding(ClientPaths.withoutSlash(requestPath.substring(at + start.length() - 1)));
    }

    /** The methods of the requests about the stored object in the path; empty if the path names none. */
    public static Set<String> objectMethods(String requestPath) {
        Set<String> methods = new TreeSet<>();
        for (Operation operation : values()) {
            String subPath = operation.subPathIn(requestPath);
            if (fromPath(operation.path + subPath).isEmpty()) {
                Stream.of("DELETE", "GET", "POST").filter(method -> operation.hasObjectRequest(method, subPath)).forEach(methods::add);
            }
        }
        return methods;
    }

    /** Whether the response contains images. */
    public boolean returnsImages() {
        return this == IMAGE_GENERATIONS || this == IMAGE_EDITS || this == IMAGE_VARIATIONS;
    }

    /** Whether the response is JSON, unless a stream is requested; audio and subtitles are not. */
    public boolean returnsJson() {
        return this != SPEECH && this != TRANSCRIPTIONS && this != TRANSLATIONS && this != PASSTHROUGH;
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

    /** The operation that stores the object in a path such as {@code responses/ID}; empty if there is none. */
    public static Optional<Operation> ofObjectPath(String path) {
        return Arrays.stream(values())
                .filter(operation -> operation.stores.isPresent() && path.startsWith(operation.path + "/")).findFirst();
    }

    /** The operation with exactly this path below {@code /v1/}; empty if there is none. */
    public static Optional<Operation> fromPath(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** The operation with the longest path that ends a request's path, in OpenAI's or Azure's form; empty if there is none. */
    public static Optional<Operation> atEndOf(String requestPath) {
        return Arrays.stream(values()).filter(operation -> requestPath.endsWith("/" + operation.path))
                .max(Comparator.comparingInt(operation -> operation.path.length()));
    }
}
