package dev.openaigateway.health;

/**
 * Observes circuit breakers and accounts of instances. Must be thread-safe. Methods are called on the thread of the request that caused the
 * change, and must return at once.
 */
@FunctionalInterface
public interface HealthListener {

    /**
     * The breaker opened or closed. A failed probe leaves the breaker open and is not reported.
     *
     * @param deployment the model's name at the upstream; null for the breaker of the instance itself
     * @param configured whether the settings name it; otherwise a client may have invented it
     */
    void breakerChanged(String instance, String deployment, boolean configured, boolean open);

    /**
     * The instance refused the gateway's key, and not only one request in these words. Called for each such refusal.
     *
     * @param status of the response
     */
    default void keyRefused(String instance, int status) {
    }
}
