package dev.openaigateway.routing.policy;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.function.Supplier;

/**
 * A policy that an integrator wrote, with the name of its bean. If it fails, the candidates stay in the order of the rule,
 * so a mistake in a policy fails no request.
 *
 * @param name the name that rules use
 */
record NamedPolicy(String name, Policy policy) implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    @Override
    public Policy forRequest(Exchange exchange) {
        Policy chosen = guarded(() -> policy.forRequest(exchange), policy);
        return chosen == policy ? this : new NamedPolicy(name, chosen);
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return guarded(() -> policy.order(candidates, model), candidates);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return guarded(() -> policy.preview(candidates, model), candidates);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return guarded(() -> policy.reason(candidate, among, model), "the policy fails");
    }

    @Override
    public void responded(Attempt attempt, List<Candidate> offered) {
        guarded(() -> {
            policy.responded(attempt, offered);
            return name;
        }, name);
    }

    private <T> T guarded(Supplier<T> step, T fallback) {
        try {
            T result = ForeignCode.call(step::get);
            if (result != null) {
                return result;
            }
            LOG.error("The policy '{}' returned nothing; the candidates stay in the order of the rule", name);
        } catch (RuntimeException e) {
            LOG.error("The policy '{}' failed with {}; the candidates stay in the order of the rule", name, e.toString());
            LOG.debug("Stack trace of the failed policy", e);
        }
        return fallback;
    }
}
