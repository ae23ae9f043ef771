package dev.openaigateway.routing;

/** Is notified when the breaker of an instance opens or closes. A failed probe, after which it stays open, is not reported. */
@FunctionalInterface
public interface BreakerListener {

    /** Called on the thread of the request that moved the breaker: must return at once. */
    void breaker(String instance, boolean open);
}
