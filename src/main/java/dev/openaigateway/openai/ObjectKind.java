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

    /** The kind of the objects below a path such as {@code files/ID/content}; empty if the path is of no known kind. */
    public static Optional<ObjectKind> ofPath(String path) {
        return Arrays.stream(values()).filter(kind -> kind.path != null
                && path.startsWith(kind.path) && (path.length() == kind.path.length() || path.charAt(kind.path.length()) == '/')).findFirst();
    }
}
