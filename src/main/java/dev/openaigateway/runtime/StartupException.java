package dev.openaigateway.runtime;

/** The gateway cannot start; the message says why, in words for an operator. */
final class StartupException extends RuntimeException {

    private final boolean logged;

    StartupException(String message) {
        this(message, false);
    }

    /** @param logged whether the operator was told already */
    StartupException(String message, boolean logged) {
        super(message, null, false, false);
        this.logged = logged;
    }

    boolean isLogged() {
        return logged;
    }
}
