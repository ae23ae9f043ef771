package dev.openaigateway.openai;

/** A kind of object that an upstream keeps under an id for later requests. */
public enum ObjectKind {

    RESPONSE("Response");

    private final String label;

    ObjectKind(String label) {
        this.label = label;
    }

    /** The name used in error messages, such as {@code Response}. */
    public String label() {
        return label;
    }
}
