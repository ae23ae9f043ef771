package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Each in its turn. */
public final class RoundRobin implements Policy {

    private static final Comparator<Candidate> ALL_EQUAL = (one, other) -> 0;

    private final Turns turns = new Turns();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return turns.order(candidates, model, ALL_EQUAL);
    }

    @Override
    public List<Candidate> foresee(List<Candidate> candidates, String model) {
        return turns.foresee(candidates, model, ALL_EQUAL);
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "all in turn";
    }
}
