package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.List;

/**
 * A policy under the name of its bean.
 *
 * @param name the name that rules refer to
 */
record Named(String name, Policy policy) implements Policy {

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return policy.order(candidates, model);
    }

    @Override
    public List<Candidate> foresee(List<Candidate> candidates, String model) {
        return policy.foresee(candidates, model);
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return policy.why(candidate, among, model);
    }
}
