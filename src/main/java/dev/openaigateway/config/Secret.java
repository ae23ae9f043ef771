package dev.openaigateway.config;

/** A value that must not be disclosed in logs or responses: {@link #toString} masks it. */
public record Secret(String value) {

    public static final Secret NONE = new Secret("");

    public boolean isBlank() {
        return value.isBlank();
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "" : "****";
    }
}
