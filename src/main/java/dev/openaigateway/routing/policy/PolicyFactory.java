package dev.openaigateway.routing.policy;

import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;

import java.util.function.Supplier;

/** Makes a policy of its own for each place that uses one. */
public final class PolicyFactory {

    private final Load load;
    private final Supplier<RoutingSettings> settings;

    public PolicyFactory(Load load, Supplier<RoutingSettings> settings) {
        this.load = load;
        this.settings = settings;
    }

    public Policy of(Strategy strategy) {
        return switch (strategy) {
            case FAILOVER -> new Failover();
            case PRIORITY -> new Priority();
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new Weighted();
            case LEAST_LOADED -> new LeastLoaded(load);
            case COMPOSITE -> new Composite(() -> settings.get().composite(), load);
            case MODEL_SPECIFIC -> new ModelSpecific();
        };
    }

    /** The one the settings name at each moment. */
    public Policy configured() {
        return new Configured(() -> settings.get().strategy(), this::of);
    }

    /** What routes call the policy: the name in the settings, written as a bean's name. */
    public static String beanName(Strategy strategy) {
        return switch (strategy) {
            case FAILOVER -> "failover";
            case PRIORITY -> "priority";
            case ROUND_ROBIN -> "roundRobin";
            case WEIGHTED -> "weighted";
            case LEAST_LOADED -> "leastLoaded";
            case MODEL_SPECIFIC -> "modelSpecific";
            case COMPOSITE -> "composite";
        };
    }
}
