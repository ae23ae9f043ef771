package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Optional;

/** A kind of thing that an upstream makes and that later requests refer to, most of them by an id. */
public enum ObjectKind {

    RESPONSE("Response", "responses"),
    CONVERSATION("Conversation", "conversations"),
    COMPLETION("Chat completion", "chat/completions"),
    FILE("File", "files"),
    UPLOAD("Upload", "uploads"),
    BATCH("Batch", "batches"),
    VECTOR_STORE("Vector store", "vector_stores"),
    CONTAINER("Container", "containers"),
    MODEL("Model", "models"),
    /** Anything else below a path of its own. */
    OTHER("Object", null),
    /** An item of the input or the output of a response. */
    ITEM("Item", null),
    /** Text that only the resource that made it can decrypt. */
    CIPHERTEXT("Encrypted content", null),
    /** A spoken response, which the next request can refer to for a while. */
    AUDIO("Audio", null),
    /** A prompt that was stored by hand. */
    PROMPT("Prompt", null);

    private static final Optional<ObjectKind> OF_FILES = Optional.of(FILE);
    private static final Optional<ObjectKind> OF_VECTOR_STORES = Optional.of(VECTOR_STORE);
    private static final Optional<ObjectKind> OF_CONTAINERS = Optional.of(CONTAINER);
    private static final Optional<ObjectKind> OF_OTHERS = Optional.of(OTHER);

    private final String label;
    private final String path;

    ObjectKind(String label, String path) {
        this.label = label;
        this.path = path;
    }

    /** The name used in error messages, such as {@code Response}. */
    public String label() {
        return label;
    }

    /** The path below {@code /v1/} under which the objects are; null if they have none. */
    public String path() {
        return path;
    }

    /**
     * The kind of the objects that a member of a request names, alone or in a list, at any depth: {@code file_id}. Empty if it names none.
     * In the body itself only files are named so: {@code container} may mean something else there.
     */
    public static Optional<ObjectKind> ofMember(String name) {
        return switch (name) {
            case "file_id", "file_ids", "input_file_id", "training_file", "validation_file" -> OF_FILES;
            case "vector_store_id", "vector_store_ids" -> OF_VECTOR_STORES;
            case "container", "container_id" -> OF_CONTAINERS;
            case "assistant_id", "thread_id", "skill_id" -> OF_OTHERS;
            default -> Optional.empty();
        };
    }

    /** The kind of the objects below a path such as {@code files/ID/content}; empty if the path is of no known kind. */
    public static Optional<ObjectKind> ofPath(String path) {
        return Arrays.stream(values()).filter(kind -> kind.path != null
                && path.startsWith(kind.path) && (path.length() == kind.path.length() || path.charAt(kind.path.length()) == '/')).findFirst();
    }
}
