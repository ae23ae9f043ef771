package dev.openaigateway.routing;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.config.Settings;
import dev.openaigateway.health.Breakers;
import dev.openaigateway.health.Health;
import dev.openaigateway.health.Outages;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** All configured instances by name. Thread-safe; a reload swaps the whole set at once. */
public final class Instances {

    private final Breakers breakers;
    private final InstantSource ticks;
    private volatile Map<String, Instance> byName = Map.of();
    private volatile ModelCatalogue catalogue = new ModelCatalogue(List.of());

    /** @param ticks a clock that is never set */
    public Instances(Breakers breakers, InstantSource ticks) {
        this.breakers = breakers;
        this.ticks = ticks;
    }

    /** Applies new settings. An instance that keeps its name keeps its health, unless its breaker settings changed. */
    public synchronized void apply(Settings settings) {
        Map<String, Instance> next = new LinkedHashMap<>();
        for (InstanceSettings changed : settings.instances()) {
            BreakerSettings breaker = changed.breaker().orElse(settings.breaker());
            Instance known = byName.get(changed.name());
            if (known != null && !known.health().hasSettings(breaker)) {
                known.health().retire();
                known = null;
            }
            if (known != null && !known.settings().hasAccountOf(changed)) {
                known.health().changeAccount();
            }
            Instance instance = known != null ? known.withSettings(changed)
                    : new Instance(changed, new Health(changed.name(), breakers, breaker, ticks), new AtomicInteger());
            instance.health().configure(changed.deployments());
            next.put(changed.name(), instance);
        }
        byName.values().stream().filter(known -> !next.containsKey(known.name())).forEach(known -> known.health().retire());
        byName = next;
        catalogue = new ModelCatalogue(settings.models());
    }

    /** Those of all instances. */
    Outages outages() {
        return breakers.outages();
    }

    public Optional<Instance> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of the settings. */
    public Collection<Instance> all() {
        return byName.values();
    }

    /** The public names of models. */
    public ModelCatalogue catalogue() {
        return catalogue;
    }

    /** Every name under which an enabled instance serves a model, hidden ones included; sorted. */
    public List<String> models() {
        return catalogue.names(settings());
    }

    /** The names that clients may see, sorted. */
    public List<String> listedModels() {
        return catalogue.listed(settings());
    }

    /** The most tokens that a prompt for the name may have, on the instance that accepts the longest; 0: unknown. */
    public long longestPrompt(String name) {
        return catalogue.longestPrompt(name, settings());
    }

    private List<InstanceSettings> settings() {
        return all().stream().map(Instance::settings).toList();
    }
}
