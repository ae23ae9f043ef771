package dev.openaigateway.routing.policy;

import dev.openaigateway.call.SessionBindings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;
import org.apache.camel.spi.Registry;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds policies by name: the beans of type {@link Policy} in the registry. The built-in ones are prototypes, so each use
 * has its own rotation. Thread-safe.
 */
public final class Policies {

    /** The name of the policy that the settings choose. */
    private static final String CONFIGURED = "configured";

    private final Registry registry;

    private Policies(Registry registry) {
        this.registry = registry;
    }

    /** Binds the built-in policies. */
    public static Policies bind(Registry registry, LiveSettings settings, Load load, InstantSource clock, SessionBindings sessions) {
        StickyBindings bindings = new StickyBindings(clock);
        ContentTimes times = new ContentTimes(clock);
        Function<Strategy, Policy> make = strategy -> make(strategy, settings, load, times, sessions);
        registry.bind(StickyBindings.BEAN, bindings);
        for (Strategy strategy : Strategy.values()) {
            registry.bindAsPrototype(strategy.policy(), Policy.class, () -> make.apply(strategy));
        }
        registry.bindAsPrototype(CONFIGURED, Policy.class, () -> new ConfiguredPolicy(settings, make));
        return new Policies(registry);
    }

    /** A policy that distributes requests lets sessions stay where they are. */
    private static Policy make(Strategy strategy, LiveSettings settings, Load load, ContentTimes times, SessionBindings sessions) {
        Policy policy = make(strategy, settings, load, times);
        return switch (strategy) {
            case FAILOVER, STICKY, MODEL_SPECIFIC -> policy;
            case PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, LEAST_BUSY, FASTEST, COMPOSITE -> new SessionAffinity(policy, settings, sessions);
        };
    }

    private static Policy make(Strategy strategy, LiveSettings settings, Load load, ContentTimes times) {
        return switch (strategy) {
            case FAILOVER -> new Failover();
            case PRIORITY -> new Priority();
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new Weighted();
            case LEAST_LOADED -> new LeastLoaded(load);
            case LEAST_BUSY -> new LeastBusy();
            case FASTEST -> new Fastest(times);
            case STICKY -> new Sticky();
            case COMPOSITE -> new Composite(settings, load);
            case MODEL_SPECIFIC -> new ModelSpecific();
        };
    }

    /** The policy that follows the active settings. */
    public Policy configured() {
        return registry.lookupByNameAndType(CONFIGURED, Policy.class);
    }

    /**
     * @param name the bean's name, such as {@code roundRobin}, or its form in the settings, such as {@code round_robin}
     * @return the policy under the bean's name; empty if there is none
     */
    public Optional<Policy> named(String name) {
        return bean(name).or(() -> bean(Strategy.policyName(name)));
    }

    private static boolean isBuiltIn(String name) {
        return name.equals(CONFIGURED) || Arrays.stream(Strategy.values()).anyMatch(strategy -> strategy.policy().equals(name));
    }

    private Optional<Policy> bean(String name) {
        return Optional.ofNullable(registry.lookupByNameAndType(name, Policy.class))
                .map(policy -> isBuiltIn(name) ? policy : new NamedPolicy(name, policy));
    }
}
