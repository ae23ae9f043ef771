package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deployments of one instance that were called. Of those that the settings do not name, on an instance that serves any
 * model, the {@value #MAX_OTHERS} used last are kept. Thread-safe.
 */
final class Deployments {

    private static final int MAX_OTHERS = 100;

    private final String instance;
    private final Breakers breakers;
    private final BreakerSettings settings;
    private final InstantSource ticks;
    private final Map<String, DeploymentHealth> known = new ConcurrentHashMap<>();
    private volatile Set<String> named = Set.of();

    Deployments(String instance, Breakers breakers, BreakerSettings settings, InstantSource ticks) {
        this.instance = instance;
        this.breakers = breakers;
        this.settings = settings;
        this.ticks = ticks;
    }

    /** @param configured the deployments that the settings name; they are kept, and have meters */
    synchronized void configure(Set<String> configured) {
        Set<String> before = named;
        named = Set.copyOf(configured);
        before.stream().filter(name -> !named.contains(name)).forEach(this::forget);
        named.stream().filter(name -> !before.contains(name)).forEach(known::remove);
    }

    /** Null if it was never called. */
    DeploymentHealth find(String deployment) {
        return known.get(deployment);
    }

    DeploymentHealth of(String deployment) {
        DeploymentHealth found = known.get(deployment);
        return found == null ? create(deployment) : found;
    }

    private synchronized DeploymentHealth create(String deployment) {
        DeploymentHealth found = known.get(deployment);
        if (found != null) {
            return found;
        }
        boolean isNamed = named.contains(deployment);
        if (!isNamed) {
            makeRoom();
        }
        DeploymentHealth created = new DeploymentHealth(breakers.create(instance, deployment, settings, isNamed), settings, ticks, breakers.outages());
        known.put(deployment, created);
        return created;
    }

    private void makeRoom() {
        if (known.size() - named.size() >= MAX_OTHERS) {
            known.entrySet().stream().filter(entry -> !named.contains(entry.getKey()))
                    .min((one, other) -> Long.signum(one.getValue().lastUsedNanos() - other.getValue().lastUsedNanos())).ifPresent(oldest -> known.remove(oldest.getKey()));
        }
    }

    /** Drops what is known of a deployment that does not exist. */
    void forgetUnlessNamed(String deployment) {
        if (!named.contains(deployment)) {
            known.remove(deployment);
        }
    }

    private void forget(String deployment) {
        known.remove(deployment);
        breakers.retire(instance, deployment);
    }

    void reset() {
        known.values().forEach(DeploymentHealth::reset);
    }

    /** Those that were called, by name. A live view. */
    Map<String, DeploymentHealth> all() {
        return known;
    }

    void retire() {
        named.forEach(this::forget);
    }
}
