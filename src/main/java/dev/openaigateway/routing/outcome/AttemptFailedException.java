package dev.openaigateway.routing.outcome;

/** Ends an attempt at an instance with an outcome other than a response. Carries no stack trace. */
public final class AttemptFailedException extends RuntimeException {

    private final transient Outcome outcome;

    public AttemptFailedException(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    /** Ends an attempt whose response does not have the form that the request needs. */
    public static AttemptFailedException malformed(String detail) {
        return new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED, detail));
    }

    public Outcome outcome() {
        return outcome;
    }
}
