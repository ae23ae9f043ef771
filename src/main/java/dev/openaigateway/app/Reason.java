package dev.openaigateway.app;

/** Why a start failed. */
final class Reason {

    private Reason() {
    }

    /** Returns the message of the innermost cause that has one. */
    static String of(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message;
    }
}
