package dev.openaigateway.runtime;

import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Composite;
import dev.openaigateway.routing.Configured;
import dev.openaigateway.routing.Failover;
import dev.openaigateway.routing.LeastLoaded;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.ModelSpecific;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.routing.Priority;
import dev.openaigateway.routing.RoundRobin;
import dev.openaigateway.routing.Weighted;

import java.util.function.Supplier;

/** Makes a policy of its own for each place that uses one. */
final class Policies {

    private final Load load;
    private final Supplier<RoutingSettings> settings;

    Policies(Load load, Supplier<RoutingSettings> settings) {
        this.load = load;
        this.settings = settings;
    }

    Policy of(Strategy strategy) {
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
    Policy configured() {
        return new Configured(() -> settings.get().strategy(), this::of);
    }

    /** What routes call the policy: the name in the settings, written as a bean's name. */
    static String beanName(Strategy strategy) {
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
