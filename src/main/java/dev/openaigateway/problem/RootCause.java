package dev.openaigateway.problem;

/** The reason in an exception that others wrap, as those of Camel do several times. */
public final class RootCause {

    private RootCause() {
    }

    /** The innermost cause, perhaps the exception itself. */
    public static Throwable of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Returns the message of the innermost cause that has one, without surrounding white space. */
    public static String message(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message.strip();
    }
}
