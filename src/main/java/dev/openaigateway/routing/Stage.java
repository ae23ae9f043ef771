package dev.openaigateway.routing;

import dev.openaigateway.fallback.FallbackTrigger;
import java.util.List;
import java.util.Set;

/**
 * The candidates of a rule for one model. A rule has one stage, and further ones if it falls back to other models. Immutable.
 *
 * @param model      the model to request; null for the request's own
 * @param when       the failures of earlier stages after which this one is called; empty for the first stage
 * @param candidates in the order of the rule
 */
public record Stage(String model, Set<FallbackTrigger> when, List<Candidate> candidates) {

    public Stage {
        candidates = List.copyOf(candidates);
    }

    /** Whether the stage is called after these failures. */
    boolean isTriedAfter(Set<FallbackTrigger> failures) {
        return when.stream().anyMatch(failures::contains);
    }
}
