package dev.openaigateway.config;

/** A value that never shows itself: not in logs, not in answers, not in a debugger's first line. */
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
