package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Always the same order: by priority, equal ones as the rule lists them. */
public final class Failover implements Policy {

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return candidates.stream().sorted(Comparator.comparingInt(Candidate::priority)).toList();
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority();
    }
}
