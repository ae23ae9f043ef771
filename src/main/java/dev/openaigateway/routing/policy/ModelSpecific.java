package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.routing.ServedModels;

import java.util.Comparator;
import java.util.List;

/** Instances that name the model go before those that take any; within both by priority, equal ones in turn. */
public final class ModelSpecific implements Policy {

    private final Turns turns = new Turns();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return turns.order(candidates, model, rank(model));
    }

    @Override
    public List<Candidate> foresee(List<Candidate> candidates, String model) {
        return turns.foresee(candidates, model, rank(model));
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return (takesAny(candidate, model) ? "takes any model" : "names the model") + ", priority " + candidate.priority()
                + ", equal ones in turn";
    }

    private static Comparator<Candidate> rank(String model) {
        Comparator<Candidate> namedFirst = Comparator.comparing(candidate -> takesAny(candidate, model));
        return namedFirst.thenComparingInt(Candidate::priority);
    }

    private static boolean takesAny(Candidate candidate, String model) {
        return !ServedModels.of(candidate.instance()).contains(model);
    }
}
