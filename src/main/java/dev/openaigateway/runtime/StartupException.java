package dev.openaigateway.runtime;

/** The gateway cannot start; the message says why, in words for an operator. */
final class StartupException extends RuntimeException {

    StartupException(String message) {
        super(message, null, false, false);
    }
}
