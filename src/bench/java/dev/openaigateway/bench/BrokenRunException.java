package dev.openaigateway.bench;

/** Nothing could be measured, and why. */
final class BrokenRunException extends RuntimeException {

    BrokenRunException(String message) {
        super(message);
    }

    BrokenRunException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
