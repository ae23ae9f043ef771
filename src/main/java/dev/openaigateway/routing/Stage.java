package dev.openaigateway.routing;

import dev.openaigateway.fallback.FallbackTrigger;
import java.util.List;
import java.util.Set;

/**
 * The candidates of a rule for one model. A rule has one stage, and further ones if it falls back to other models. Thread-safe.
 *
 * @param model the model to request; null for the request's own
 * @param when  the failures of earlier stages after which this one is called; empty for the first stage
 * @param offer the candidates, and what is known of them
 */
public record Stage(String model, Set<FallbackTrigger> when, Offer offer) {

    /** In the order of the rule. */
    public List<Candidate> candidates() {
        return offer.candidates();
    }

    /** Whether the stage is called after these failures. */
    boolean isTriedAfter(Set<FallbackTrigger> failures) {
        return when.stream().anyMatch(failures::contains);
    }
}
