package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Instances that list the model go before those that accept any; within both by priority, and ties take turns. */
public final class ModelSpecific implements Policy {

    private final Rotation rotation = new Rotation();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return rotation.order(candidates, model, rank(model));
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return rotation.preview(candidates, model, rank(model));
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return (acceptsAny(candidate, model) ? "accepts any model" : "lists the model") + ", priority " + candidate.priority()
                + ", ties take turns";
    }

    private static Comparator<Candidate> rank(String model) {
        Comparator<Candidate> namedFirst = Comparator.comparing(candidate -> acceptsAny(candidate, model));
        return namedFirst.thenComparingInt(Candidate::priority);
    }

    private static boolean acceptsAny(Candidate candidate, String model) {
        return !candidate.instance().settings().models().contains(model);
    }
}
