package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.Comparator;
import java.util.List;

/** Orders by priority; ties take turns. */
public final class Priority extends RankedRotation {

    public Priority() {
        super(Comparator.comparingInt(Candidate::priority));
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority() + ", ties take turns";
    }
}
