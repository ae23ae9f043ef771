package dev.openaigateway.openai;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final Map<String, ObjectKind> BY_MEMBER = Map.ofEntries(
            Map.entry("file_id", FILE), Map.entry("file_ids", FILE), Map.entry("input_file_id", FILE), Map.entry("training_file", FILE),
            Map.entry("validation_file", FILE), Map.entry("vector_store_id", VECTOR_STORE), Map.entry("vector_store_ids", VECTOR_STORE),
            Map.entry("container", CONTAINER), Map.entry("container_id", CONTAINER), Map.entry("assistant_id", OTHER),
            Map.entry("thread_id", OTHER), Map.entry("skill_id", OTHER));

    /** Not what may have been made by hand and is only used, such as an assistant, or what belongs to all, such as an organization. */
    private static final Map<String, ObjectKind> BY_MEMBER_OF_MADE = Map.of("thread_id", OTHER, "run_id", OTHER, "conversation_id", CONVERSATION,
            "container_id", CONTAINER, "vector_store_ids", VECTOR_STORE);

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
        return Optional.ofNullable(BY_MEMBER.get(name));
    }

    /** The kind of the objects that a member of a new object names, and that an upstream may have made along with it. Empty if it names none. */
    public static Optional<ObjectKind> ofMade(String name) {
        return Optional.ofNullable(BY_MEMBER_OF_MADE.get(name));
    }

    /** The names of which {@link #ofMember} knows the kind. */
    public static Set<String> members() {
        return BY_MEMBER.keySet();
    }

    /** The kind of the objects below a path such as {@code files/ID/content}, in capitals or not, as some upstreams read it; empty if it is of no known kind. */
    public static Optional<ObjectKind> ofPath(String path) {
        return Arrays.stream(values()).filter(kind -> kind.path != null
                && path.regionMatches(true, 0, kind.path, 0, kind.path.length()) && (path.length() == kind.path.length() || path.charAt(kind.path.length()) == '/')).findFirst();
    }
}
