package dev.openaigateway.routing;

import dev.openaigateway.health.Availability;
import dev.openaigateway.routing.outcome.Failures;

import java.util.ArrayList;
import java.util.List;

/** Why no candidate of a stage has served a request, and which of them a breaker kept from being called. Not thread-safe. */
final class StageFailures {

    private final Failures causes;
    private final List<Candidate> open = new ArrayList<>(0);

    /** @param causes collects the failures, and those that no candidate has caused */
    StageFailures(Failures causes) {
        this.causes = causes;
    }

    Failures causes() {
        return causes;
    }

    /** The candidate is not called for now. */
    void skipped(Candidate candidate, Availability availability) {
        if (availability.state() == Availability.State.BREAKER_OPEN) {
            open.add(candidate);
        }
        causes.skipped(availability);
    }

    /** A breaker refused the attempt, because all its probes are in flight. */
    void heldBackByBreaker(Candidate candidate) {
        open.add(candidate);
        causes.heldBackByBreaker();
    }

    /** Removes and returns the candidates that an open breaker refused. They are now called although it is open. */
    List<Candidate> takeOpen() {
        List<Candidate> asked = List.copyOf(open);
        open.clear();
        causes.breakersIgnored();
        return asked;
    }

    /** Whether no instance was called, and the breaker of one refused it. */
    boolean isUntried() {
        return hasOpen() && !causes.isAnyTried();
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }
}
