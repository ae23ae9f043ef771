package dev.openaigateway.routing.policy;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Delegates to the policy of the active settings. */
public final class ConfiguredPolicy implements Policy {

    private final LiveSettings settings;
    private final Map<Strategy, Policy> policies = new EnumMap<>(Strategy.class);

    public ConfiguredPolicy(LiveSettings settings, Function<Strategy, Policy> policies) {
        this.settings = settings;
        for (Strategy each : Strategy.values()) {
            this.policies.put(each, policies.apply(each));
        }
    }

    @Override
    public Policy forRequest(Exchange exchange) {
        return current().forRequest(exchange);
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return current().order(candidates, model);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return current().preview(candidates, model);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return current().reason(candidate, among, model);
    }

    @Override
    public String name() {
        return current().name();
    }

    private Policy current() {
        return policies.get(settings.get().routing().strategy());
    }
}
