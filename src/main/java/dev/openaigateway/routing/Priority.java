package dev.openaigateway.routing;

import java.util.Comparator;
import java.util.List;

/** By priority, and equal ones take turns. */
public final class Priority implements Policy {

    private final Turns turns = new Turns();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return turns.order(candidates, Comparator.comparingInt(Candidate::priority));
    }
}
