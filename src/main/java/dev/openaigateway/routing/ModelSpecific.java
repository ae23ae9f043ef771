package dev.openaigateway.routing;

import java.util.Comparator;
import java.util.List;

/** Instances that name the model go before those that take any; within both by priority, equal ones in turn. */
public final class ModelSpecific implements Policy {

    private final Turns turns = new Turns();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        Comparator<Candidate> namedFirst = Comparator.comparing(candidate -> !Served.of(candidate.instance()).contains(model));
        return turns.order(candidates, namedFirst.thenComparingInt(Candidate::priority));
    }
}
