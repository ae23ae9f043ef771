package dev.openaigateway.config;

import java.time.Duration;

/**
 * How a request looks for an instance.
 *
 * @param strategy the policy behind the {@code configured} load balancer
 * @param retries  further attempts after the first, each on another instance
 * @param timeout  the time for all attempts together, up to the response headers (for a stream: its first content)
 */
public record RoutingSettings(Strategy strategy, int retries, Duration timeout) {

    public enum Strategy { FAILOVER, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, MODEL_SPECIFIC, COMPOSITE }
}
