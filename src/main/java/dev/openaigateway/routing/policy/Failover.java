package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A fixed order: by priority; ties in the order of the rule. */
public final class Failover implements Policy {

    private static final Comparator<Candidate> BY_PRIORITY = Comparator.comparingInt(Candidate::priority);

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        List<Candidate> ordered = new ArrayList<>(candidates);
        ordered.sort(BY_PRIORITY);
        return ordered;
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority();
    }
}
