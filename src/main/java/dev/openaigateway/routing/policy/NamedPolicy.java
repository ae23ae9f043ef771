package dev.openaigateway.routing.policy;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.guard.ForeignStep;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;

/**
 * A policy that an integrator wrote, with the name of its bean. If it fails, the candidates stay in the order of the rule, and what
 * the rule does not offer is left out of its order, so a mistake in a policy fails no request.
 *
 * @param name the name that rules use
 */
record NamedPolicy(String name, Policy policy) implements Policy {

    private static final Logger LOG = GatewayLog.LOG;
    private static final String RULE_ORDER = "the candidates stay in the order of the rule";

    @Override
    public Policy forRequest(Exchange exchange) {
        Policy chosen = guarded(() -> policy.forRequest(exchange), policy, "it is asked as for any request");
        return chosen == policy ? this : new NamedPolicy(name, chosen);
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return guarded(() -> offered(policy.order(new ArrayList<>(candidates), model), candidates), candidates, RULE_ORDER);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return guarded(() -> offered(policy.preview(new ArrayList<>(candidates), model), candidates), candidates, RULE_ORDER);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return guarded(() -> policy.reason(candidate, among, model), "the policy fails", "no reason is shown");
    }

    @Override
    public void responded(Attempt attempt, List<Candidate> offered) {
        guarded(() -> {
            policy.responded(attempt, offered);
            return name;
        }, name, "it misses one response");
    }

    /** A copy, because the list is the policy's own and may be of any kind; null if the policy returns null, or only what is not offered. */
    private List<Candidate> offered(List<Candidate> ordered, List<Candidate> candidates) {
        if (ordered == null) {
            return null;
        }
        List<Candidate> known = ordered.stream().filter(candidate -> candidate != null && candidates.contains(candidate)).toList();
        if (known.size() < ordered.size()) {
            LOG.error("The policy '{}' returned {} that the rule does not offer; they are left out", name, ordered.size() - known.size());
        }
        return known.isEmpty() && !ordered.isEmpty() ? null : known;
    }

    private <T> T guarded(ForeignStep<T, RuntimeException> step, T fallback, String consequence) {
        try {
            T result = ForeignCode.call(step);
            if (result != null) {
                return result;
            }
            LOG.error("The policy '{}' returned nothing; {}", name, consequence);
        } catch (RuntimeException e) {
            LOG.error("The policy '{}' failed with {}; {}", name, e instanceof ForeignCodeException ? e.getMessage() : e.toString(), consequence);
            LOG.debug("Stack trace of the failed policy", e);
        }
        return fallback;
    }
}
