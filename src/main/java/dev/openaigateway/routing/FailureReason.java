package dev.openaigateway.routing;

/** Why an attempt failed in a way that another instance may cure. */
public enum FailureReason {

    UNREACHABLE("cannot be reached", true),
    TIMEOUT("did not answer in time", true),
    BROKEN("broke off its answer", true),
    MALFORMED("gave a malformed answer", true),
    SERVER_ERROR("answered with an error", true),
    BAD_KEY("refused the gateway's key", true),
    NOT_FOUND("does not know the deployment", false),
    CONFLICT("could not take the request", false),
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

    /** Whether it speaks against the instance itself, so that its breaker counts it. */
    public boolean countsForBreaker() {
        return breaker;
    }
}
