package dev.openaigateway.bench;

/** Nothing could be measured, and why. */
final class BrokenRun extends RuntimeException {

    BrokenRun(String message) {
        super(message);
    }

    BrokenRun(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
