package dev.openaigateway.bench;

/** A measurement failed; the message gives the reason. */
final class BrokenRunException extends RuntimeException {

    BrokenRunException(String message) {
        super(message);
    }

    BrokenRunException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
