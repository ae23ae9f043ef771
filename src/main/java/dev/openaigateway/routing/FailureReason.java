package dev.openaigateway.routing;

/** Why an attempt failed, where another instance may succeed. */
public enum FailureReason {

    UNREACHABLE("cannot be reached", true),
    TIMEOUT("did not respond in time", true),
    /** The gateway gave up only after a time at which client libraries give up too: a slow model is not a faulty instance. */
    OUT_OF_PATIENCE("did not respond in time", false),
    BROKEN("broke off its response", true),
    MALFORMED("sent a malformed response", true),
    SERVER_ERROR("responded with an error", true),
    BAD_KEY("refused the gateway's key", true),
    NOT_FOUND("does not know the deployment", false),
    CONFLICT("could not accept the request", false),
    RATE_LIMITED("is at its limit", false),
    OUT_OF_CREDIT("is out of credit", false);

    private final String text;
    private final boolean breaker;

    FailureReason(String text, boolean breaker) {
        this.text = text;
        this.breaker = breaker;
    }

    public String text() {
        return text;
    }

    /** Whether the breaker counts it, because the instance itself is at fault. */
    public boolean countsForBreaker() {
        return breaker;
    }
}
