package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** A fixed order: by priority; ties in the order of the rule. */
public final class Failover implements Policy {

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return candidates.stream().sorted(Comparator.comparingInt(Candidate::priority)).toList();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority();
    }
}
