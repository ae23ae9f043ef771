package dev.openaigateway.upstream;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.List;

/** Stands for a policy where a step names one instance, so that there is nothing to order. */
final class SingleInstance implements Policy {

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return candidates;
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "named by the step";
    }

    /** Null, because no policy has a part in the choice. */
    @Override
    public String name() {
        return null;
    }
}
