package dev.openaigateway.call;

/** The client has left; nobody waits for the answer any more. */
public final class ClientGoneException extends RuntimeException {

    public ClientGoneException() {
        super("the client has left", null, false, false);
    }
}
