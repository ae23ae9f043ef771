package dev.openaigateway.routing.outcome;

/** Ends an attempt at an instance with an outcome other than a response. Carries no stack trace. */
public final class AttemptFailedException extends RuntimeException {

    private final transient Outcome outcome;

    public AttemptFailedException(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
