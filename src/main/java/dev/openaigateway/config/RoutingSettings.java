package dev.openaigateway.config;

import java.time.Duration;

/**
 * How a request looks for an instance.
 *
 * @param strategy the policy behind the {@code configured} load balancer
 * @param retries  further attempts after the first, each on another instance
 * @param timeout  the time for all attempts together, up to the response headers (for a stream: its first content)
 * @param composite what counts how much under the composite policy
 */
public record RoutingSettings(Strategy strategy, int retries, Duration timeout, CompositeWeights composite) {

    public RoutingSettings(Strategy strategy, int retries, Duration timeout) {
        this(strategy, retries, timeout, CompositeWeights.DEFAULT);
    }

    /** Shares of the composite score; only their proportion counts, and 0 leaves that part out. */
    public record CompositeWeights(int latency, int utilisation, int health) {

        public static final CompositeWeights DEFAULT = new CompositeWeights(1, 1, 1);
    }

    public enum Strategy { FAILOVER, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, MODEL_SPECIFIC, COMPOSITE }
}
