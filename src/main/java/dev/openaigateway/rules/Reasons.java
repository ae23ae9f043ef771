package dev.openaigateway.rules;

/** Reads the reason from an exception of Camel, which wraps them several times. */
final class Reasons {

    private Reasons() {
    }

    /** The message of the innermost cause that has one. */
    static String innermost(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message.strip();
    }
}
