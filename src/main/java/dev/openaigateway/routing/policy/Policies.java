package dev.openaigateway.routing.policy;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;
import org.apache.camel.spi.Registry;

import java.util.Optional;

/**
 * The policies by name: the beans of type {@link Policy} in the registry. The gateway's own are among them, as prototypes, so
 * that each place that uses one has turns of its own. Thread-safe.
 */
public final class Policies {

    /** The name of the policy that the settings choose. */
    private static final String CONFIGURED = "configured";

    private final Registry registry;

    private Policies(Registry registry) {
        this.registry = registry;
    }

    /** Binds the gateway's own policies. */
    public static Policies bind(Registry registry, LiveSettings settings, Load load) {
        for (Strategy strategy : Strategy.values()) {
            registry.bindAsPrototype(strategy.policy(), Policy.class, () -> make(strategy, settings, load));
        }
        registry.bindAsPrototype(CONFIGURED, Policy.class, () -> new Configured(settings, each -> make(each, settings, load)));
        return new Policies(registry);
    }

    private static Policy make(Strategy strategy, LiveSettings settings, Load load) {
        return switch (strategy) {
            case FAILOVER -> new Failover();
            case PRIORITY -> new Priority();
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new Weighted();
            case LEAST_LOADED -> new LeastLoaded(load);
            case COMPOSITE -> new Composite(settings, load);
            case MODEL_SPECIFIC -> new ModelSpecific();
        };
    }

    /** The one that the settings name at each moment. */
    public Policy configured() {
        return registry.lookupByNameAndType(CONFIGURED, Policy.class);
    }

    /**
     * @param name of the bean, such as {@code roundRobin}; also as settings write it, such as {@code round_robin}
     * @return the policy, whose name is that of the bean; empty if there is none
     */
    public Optional<Policy> named(String name) {
        return bean(name).or(() -> bean(Strategy.policyName(name)));
    }

    private Optional<Policy> bean(String name) {
        return Optional.ofNullable(registry.lookupByNameAndType(name, Policy.class))
                .map(policy -> policy instanceof Configured || policy.name().equals(name) ? policy : new Named(name, policy));
    }
}
