package dev.openaigateway.health;

/** Observes circuit breakers. Must be thread-safe. A failed probe leaves the breaker open and is not reported. */
@FunctionalInterface
public interface BreakerListener {

    /**
     * The breaker opened or closed. Called on the thread of the request that caused it; must return at once.
     *
     * @param deployment the model's name at the upstream; null for the breaker of the instance itself
     * @param configured whether the settings name it; otherwise a client may have invented it
     */
    void breaker(String instance, String deployment, boolean configured, boolean open);
}
