package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ObjectKind;

import java.util.Optional;

/** The names of fields in forms. */
public final class FieldName {

    static final String MODEL = "model";

    private FieldName() {
    }

    /**
     * The kind of the objects that a field names; empty if it names none. The name may be that of a member of an object or a list, such
     * as {@code image[file_id]} or {@code file_ids[]}.
     */
    public static Optional<ObjectKind> refersTo(String name) {
        return ObjectKind.ofMember(name.strip().replaceAll("\\[\\d*]$", "").replaceFirst("]$", "").replaceFirst("^.*\\[", ""));
    }

    /** Whether the gateway decides by the value of the field, so that it must see what the upstream sees. */
    static boolean decides(String name) {
        return name.equals(MODEL) || refersTo(name).isPresent();
    }
}
