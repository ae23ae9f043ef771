package dev.openaigateway.routing;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RouteKey;
import dev.openaigateway.health.Availability;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.health.Health;

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

    /** Whether the instance may be called at all; a model may still be unavailable. */
    public Availability availability() {
        return settings.enabled() ? health.availability() : Availability.DISABLED;
    }

    /** Whether the instance may be called with the model. */
    public Availability availability(String model) {
        return settings.enabled() ? health.availability(settings.deployment(model)) : Availability.DISABLED;
    }

    /** Whether the instance may be called with the request. Only the instance counts for one about a stored object. */
    Availability availability(ModelRequest request) {
        return concernsDeployment(request) ? availability(request.model()) : availability();
    }

    /** What is known of the model at this instance; null if it was never called. */
    public DeploymentHealth deployment(String model) {
        return health.find(settings.deployment(model));
    }

    /** The health that an attempt with the request counts for; null for one about a stored object. */
    DeploymentHealth deployment(ModelRequest request) {
        return concernsDeployment(request) ? health.of(settings.deployment(request.model())) : null;
    }

    private static boolean concernsDeployment(ModelRequest request) {
        return !request.isBilledBefore() && !request.model().isEmpty();
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
