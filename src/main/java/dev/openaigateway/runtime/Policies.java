package dev.openaigateway.runtime;

import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Configured;
import dev.openaigateway.routing.Failover;
import dev.openaigateway.routing.LeastLoaded;
import dev.openaigateway.routing.ModelSpecific;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.routing.Priority;
import dev.openaigateway.routing.RoundRobin;
import dev.openaigateway.routing.Weighted;

import java.util.function.Supplier;

/** Makes a policy of its own for each place that uses one. */
final class Policies {

    Policy of(Strategy strategy) {
        return switch (strategy) {
            case FAILOVER -> new Failover();
            case PRIORITY -> new Priority();
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new Weighted();
            case LEAST_LOADED, COMPOSITE -> new LeastLoaded(instance -> 0);
            case MODEL_SPECIFIC -> new ModelSpecific();
        };
    }

    Policy configured(Supplier<Strategy> strategy) {
        return new Configured(strategy, this::of);
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
