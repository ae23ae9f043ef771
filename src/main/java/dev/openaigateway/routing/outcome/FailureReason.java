package dev.openaigateway.routing.outcome;

import java.util.Locale;

/** Why an attempt failed, where another instance may succeed. */
public enum FailureReason {

    UNREACHABLE("cannot be reached", Fault.INSTANCE),
    TIMEOUT("did not respond in time", Fault.DEPLOYMENT),
    /** The gateway waited as long as client libraries do by default: a slow model is not a faulty instance. */
    LONG_TIMEOUT("did not respond in time", Fault.NONE),
    BROKEN("broke off its response", Fault.DEPLOYMENT),
    MALFORMED("sent a malformed response", Fault.DEPLOYMENT),
    SERVER_ERROR("responded with an error", Fault.DEPLOYMENT),
    NO_TOKEN("has no token", Fault.NONE),
    BAD_KEY("refused the gateway's key", Fault.INSTANCE),
    NOT_FOUND("does not know the deployment", Fault.NONE),
    CONFLICT("could not accept the request", Fault.NONE),
    RATE_LIMITED("is at its limit", Fault.NONE),
    TOO_LARGE("has a limit below the size of the request", Fault.NONE),
    OUT_OF_CREDIT("is out of credit", Fault.NONE),
    STOPPED("was cut off, since the gateway stopped", Fault.NONE),
    SHORTAGE("was not called, since the gateway is short of connections or memory", Fault.NONE);

    /** Whose breaker counts the failure. */
    public enum Fault { INSTANCE, DEPLOYMENT, NONE }

    private final String text;
    private final Fault fault;

    FailureReason(String text, Fault fault) {
        this.text = text;
        this.fault = fault;
    }

    /** One word for metrics, traces, records and the attempts of an error, such as {@code rate_limited}. */
    public String kind() {
        return this == LONG_TIMEOUT ? TIMEOUT.kind() : name().toLowerCase(Locale.ROOT);
    }

    /** Continues a sentence whose subject is the instance. */
    public String text() {
        return text;
    }

    /** Whether a breaker counts it. */
    public boolean countsForBreaker() {
        return fault != Fault.NONE;
    }

    /** Whether a later attempt at the instance would end as this one. */
    public boolean isLasting() {
        return this == BAD_KEY || this == NOT_FOUND || this == TOO_LARGE || this == OUT_OF_CREDIT;
    }

    /** Whose breaker counts it. */
    public Fault fault() {
        return fault;
    }

    /** Whether the instance sent a response that shows that its host and the key are well. */
    public boolean hasResponse() {
        return switch (this) {
            case MALFORMED, SERVER_ERROR, NOT_FOUND, CONFLICT, RATE_LIMITED, TOO_LARGE, OUT_OF_CREDIT -> true;
            case UNREACHABLE, TIMEOUT, LONG_TIMEOUT, BROKEN, NO_TOKEN, BAD_KEY, STOPPED, SHORTAGE -> false;
        };
    }
}
