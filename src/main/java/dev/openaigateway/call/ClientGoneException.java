package dev.openaigateway.call;

/** Thrown when a response is written to a client that has disconnected. Has no stack trace. */
public final class ClientGoneException extends RuntimeException {

    public ClientGoneException() {
        super("the client has left", null, false, false);
    }
}
