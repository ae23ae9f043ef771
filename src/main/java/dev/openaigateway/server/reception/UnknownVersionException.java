package dev.openaigateway.server.reception;

/** The request line names a version of HTTP other than 1.0 and 1.1. Has no stack trace. */
public final class UnknownVersionException extends Exception {

    private static final long serialVersionUID = 1;

    UnknownVersionException() {
        super("unknown version of HTTP", null, false, false);
    }
}
