package dev.openaigateway.reload;

/** The gateway cannot start; the message says why, in words for an operator. */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message, null, false, false);
    }
}
