package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** By priority, and equal ones take turns. */
public final class Priority implements Policy {

    private static final Comparator<Candidate> RANK = Comparator.comparingInt(Candidate::priority);

    private final Turns turns = new Turns();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return turns.order(candidates, model, RANK);
    }

    @Override
    public List<Candidate> foresee(List<Candidate> candidates, String model) {
        return turns.foresee(candidates, model, RANK);
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority() + ", equal ones in turn";
    }
}
