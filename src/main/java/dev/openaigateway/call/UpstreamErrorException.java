package dev.openaigateway.call;

/** Ends a request with the upstream's own error object, byte for byte. Carries no stack trace. */
public final class UpstreamErrorException extends RuntimeException {

    private final int status;
    private final transient byte[] body;
    private final String retryHint;

    /**
     * @param status    400 or more
     * @param retryHint the upstream's {@code x-should-retry}, or null
     * @throws IllegalArgumentException if the status is none of an error
     */
    public UpstreamErrorException(int status, byte[] body, String retryHint) {
        super("the upstream responded with " + status, null, false, false);
        if (status < 400) {
            throw new IllegalArgumentException("An error cannot be sent with the status " + status + ".");
        }
        this.status = status;
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
