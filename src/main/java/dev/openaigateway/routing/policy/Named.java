package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.List;

/**
 * A policy with the name of its bean.
 *
 * @param name the name that rules use
 */
record Named(String name, Policy policy) implements Policy {

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return policy.order(candidates, model);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return policy.preview(candidates, model);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return policy.reason(candidate, among, model);
    }
}
