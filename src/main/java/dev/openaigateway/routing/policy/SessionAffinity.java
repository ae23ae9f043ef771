package dev.openaigateway.routing.policy;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.SessionBindings;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.Affinity;
import dev.openaigateway.request.PromptPrefix;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * A policy under which the requests of a session stay on the instance that served them, as {@code routing.affinity} says, because that
 * has the beginning of their prompts in its cache. Instances with a better priority still go first, and if the instance is at its limit,
 * another one serves the request.
 */
final class SessionAffinity implements Policy {

    private final Policy policy;
    private final LiveSettings settings;
    private final SessionBindings bindings;

    SessionAffinity(Policy policy, LiveSettings settings, SessionBindings bindings) {
        this.policy = policy;
        this.settings = settings;
        this.bindings = bindings;
    }

    @Override
    public Policy forRequest(Exchange exchange) {
        Policy ordering = policy.forRequest(exchange);
        Affinity affinity = settings.get().routing().affinity();
        Call call = affinity == Affinity.NONE ? null : Call.find(exchange);
        String session = call == null ? null : session(exchange, call, affinity);
        return session == null ? ordering : new Kept(ordering, bindings, String.valueOf(call.clientName()), session);
    }

    /** The session that binds the request; null if none does. An end user counts as a session only if {@code affinity} includes users. */
    private static String session(Exchange exchange, Call call, Affinity affinity) {
        String session = RuleValue.text(exchange.getProperty(RuleProperties.SESSION), exchange);
        boolean isUser = session != null && session.equals(RuleValue.text(exchange.getProperty(RuleProperties.USER)));
        if (session != null && (!isUser || affinity != Affinity.SESSION)) {
            return session;
        }
        return affinity == Affinity.PROMPT ? PromptPrefix.of(call.received()) : null;
    }

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

    @Override
    public void responded(Attempt attempt, List<Candidate> offered) {
        policy.responded(attempt, offered);
    }

    @Override
    public String name() {
        return policy.name();
    }

    /** The order for one request of a session. */
    private record Kept(Policy policy, SessionBindings bindings, String client, String session) implements Policy {

        @Override
        public List<Candidate> order(List<Candidate> candidates, String model) {
            return boundFirst(policy.order(candidates, model), model);
        }

        @Override
        public List<Candidate> preview(List<Candidate> candidates, String model) {
            return boundFirst(policy.preview(candidates, model), model);
        }

        private List<Candidate> boundFirst(List<Candidate> order, String model) {
            String bound = order.size() < 2 ? null : bindings.instance(client, model, session);
            for (int i = 1; bound != null && i < order.size(); i++) {
                Candidate candidate = order.get(i);
                if (candidate.instance().name().equals(bound) && candidate.priority() <= order.get(0).priority()) {
                    List<Candidate> changed = new ArrayList<>(order);
                    changed.add(0, changed.remove(i));
                    return changed;
                }
            }
            return order;
        }

        @Override
        public String reason(Candidate candidate, List<Candidate> among, String model) {
            return candidate.instance().name().equals(bindings.instance(client, model, session))
                    ? "it served the session before" : policy.reason(candidate, among, model);
        }

        @Override
        public void responded(Attempt attempt, List<Candidate> offered) {
            policy.responded(attempt, offered);
            String model = attempt.request().model();
            String bound = bindings.instance(client, model, session);
            String served = attempt.instance().name();
            if (bound == null || bound.equals(served) || offered.stream().noneMatch(
                    candidate -> candidate.instance().name().equals(bound) && ShortLimit.isOn(candidate, model))) {
                bindings.bind(served, client, model, session);
            }
        }

        @Override
        public String name() {
            return policy.name();
        }
    }
}
