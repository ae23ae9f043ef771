package dev.openaigateway.config;

import java.time.Duration;

/**
 * When an instance's circuit breaker opens and closes.
 *
 * @param failureRate  percentage of failed calls at which it opens, 1 to 100
 * @param window       number of latest calls that count
 * @param minimumCalls minimum number of calls before the rate counts
 * @param openFor      time for which it stays open before probes are allowed
 * @param probes       number of calls allowed as probes to decide whether it closes
 */
public record BreakerSettings(int failureRate, int window, int minimumCalls, Duration openFor, int probes) {

    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 20, 5, Duration.ofSeconds(30), 2);
}
