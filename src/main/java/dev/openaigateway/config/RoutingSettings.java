package dev.openaigateway.config;

import java.time.Duration;

/**
 * How an instance is selected for a request.
 *
 * @param strategy  the policy of the {@code configured} load balancer
 * @param retries   maximum number of attempts after the first, each on another instance
 * @param timeout   the time for all attempts together, up to the response headers (for a stream: its first content)
 * @param composite the weights of the composite policy
 */
public record RoutingSettings(Strategy strategy, int retries, Duration timeout, CompositeWeights composite) {

    public RoutingSettings(Strategy strategy, int retries, Duration timeout) {
        this(strategy, retries, timeout, CompositeWeights.DEFAULT);
    }

    /** Weights of the composite score. Only their proportion counts; a part with weight 0 is ignored. */
    public record CompositeWeights(int latency, int utilisation, int health) {

        public static final CompositeWeights DEFAULT = new CompositeWeights(1, 1, 1);
    }

    public enum Strategy { FAILOVER, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, MODEL_SPECIFIC, COMPOSITE }
}
