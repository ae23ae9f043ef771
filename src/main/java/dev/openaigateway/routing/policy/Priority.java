package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.Comparator;
import java.util.List;

/** By priority, and equal ones take turns. */
public final class Priority extends InTurn {

    public Priority() {
        super(Comparator.comparingInt(Candidate::priority));
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "priority " + candidate.priority() + ", equal ones in turn";
    }
}
