package dev.openaigateway.routing;

import dev.openaigateway.config.InstanceSettings;

import java.util.concurrent.atomic.AtomicInteger;

/** A configured upstream: its current settings and its health. Thread-safe. */
public final class Instance {

    private final InstanceSettings settings;
    private final String routeKey;
    private final Health health;
    private final AtomicInteger inFlight;

    public Instance(InstanceSettings settings, Health health, AtomicInteger inFlight) {
        this.settings = settings;
        this.routeKey = RouteKey.of(settings);
        this.health = health;
        this.inFlight = inFlight;
    }

    public String name() {
        return settings.name();
    }

    public InstanceSettings settings() {
        return settings;
    }

    /** The key of the instance's route; see {@link RouteKey}. */
    public String routeKey() {
        return routeKey;
    }

    public Health health() {
        return health;
    }

    /** Calls in progress. */
    public int inFlight() {
        return inFlight.get();
    }

    public Availability availability() {
        return availability(null);
    }

    /** As {@link #availability()}, but ignores a bench that another model earned by its own limit. */
    Availability availability(String model) {
        return settings.enabled() ? health.availability(model) : Availability.DISABLED;
    }

    public void entered() {
        inFlight.incrementAndGet();
    }

    void left() {
        inFlight.decrementAndGet();
    }

    /** The same instance with new settings. Keeps its health and its calls in progress. */
    Instance withSettings(InstanceSettings changed) {
        return new Instance(changed, health, inFlight);
    }

    @Override
    public String toString() {
        return name();
    }
}
