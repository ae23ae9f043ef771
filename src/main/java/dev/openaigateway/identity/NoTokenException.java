package dev.openaigateway.identity;

/** There is no token. The message says why, without any secret, and is meant for operators. */
public final class NoTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoTokenException(String message) {
        super(message);
    }
}
