package dev.openaigateway.routing;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** All configured instances by name. Thread-safe; a reload swaps the whole set at once. */
public final class Instances {

    private final Breakers breakers;
    private final InstantSource clock;
    private volatile Map<String, Instance> byName = Map.of();

    public Instances(Breakers breakers, InstantSource clock) {
        this.breakers = breakers;
        this.clock = clock;
    }

    /** Applies new settings. An instance that keeps its name keeps its health, unless its breaker settings changed. */
    public synchronized void apply(Settings settings) {
        Map<String, Instance> next = new LinkedHashMap<>();
        for (InstanceSettings changed : settings.instances()) {
            BreakerSettings breaker = changed.breaker().orElse(settings.breaker());
            Instance known = byName.get(changed.name());
            next.put(changed.name(), known != null && known.health().hasSettings(breaker) ? known.withSettings(changed)
                    : new Instance(changed, health(changed.name(), breaker), new AtomicInteger()));
        }
        byName = next;
    }

    private Health health(String name, BreakerSettings settings) {
        return new Health(breakers.create(name, settings), settings, clock);
    }

    public Optional<Instance> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of the settings. */
    public Collection<Instance> all() {
        return byName.values();
    }

    /** Every model that is listed for an enabled instance, sorted. */
    public List<String> models() {
        TreeSet<String> models = new TreeSet<>();
        all().forEach(instance -> models.addAll(ServedModels.of(instance)));
        return List.copyOf(models);
    }
}
