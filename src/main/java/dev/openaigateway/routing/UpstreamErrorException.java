package dev.openaigateway.routing;

/** Ends a request with the upstream's own error object, byte for byte. Carries no stack trace. */
public final class UpstreamErrorException extends RuntimeException {

    private final int status;
    private final transient byte[] body;

    public UpstreamErrorException(int status, byte[] body) {
        super("the upstream responded with " + status, null, false, false);
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body;
    }
}
