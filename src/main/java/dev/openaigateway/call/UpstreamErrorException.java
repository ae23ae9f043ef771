package dev.openaigateway.call;

/** Ends a request with the upstream's own error object, byte for byte. Carries no stack trace. */
public final class UpstreamErrorException extends RuntimeException {

    private final int status;
    private final transient byte[] body;
    private final String retryHint;

    /**
     * @param status    one that is none of an error becomes 502, since a client would take the error for what it has asked for
     * @param retryHint the upstream's {@code x-should-retry}, or null
     */
    public UpstreamErrorException(int status, byte[] body, String retryHint) {
        super("the upstream responded with " + status, null, false, false);
        this.status = status < 400 ? 502 : status;
        this.body = body;
        this.retryHint = retryHint;
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body;
    }

    /** The upstream's {@code x-should-retry}; null if there was none. */
    public String retryHint() {
        return retryHint;
    }
}
