package dev.openaigateway.routing;

/** Observes circuit breakers. Must be thread-safe. A failed probe leaves the breaker open and is not reported. */
@FunctionalInterface
public interface BreakerListener {

    /** The breaker opened or closed. Called on the thread of the request that caused it; must return at once. */
    void breaker(String instance, boolean open);
}
