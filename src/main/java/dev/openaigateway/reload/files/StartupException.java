package dev.openaigateway.reload.files;

/** The gateway cannot start, or cannot apply new settings. The message gives the reason for an operator. */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message, null, false, false);
    }
}
