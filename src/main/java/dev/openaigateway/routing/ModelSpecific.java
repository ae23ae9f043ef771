package dev.openaigateway.routing;

import java.util.Comparator;
import java.util.List;

/** Instances that name the model go before those that take any; within both by priority, equal ones in turn. */
public final class ModelSpecific implements Policy {

    private final Policy byPriority = new Priority();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return byPriority.order(candidates, model).stream()
                .sorted(Comparator.comparing(candidate -> !Served.of(candidate.instance()).contains(model)))
                .toList();
    }
}
