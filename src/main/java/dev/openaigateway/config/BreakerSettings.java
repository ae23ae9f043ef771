package dev.openaigateway.config;

import java.time.Duration;

/**
 * When an instance's circuit breaker opens, and how it comes back.
 *
 * @param failureRate  percent of failed calls at which it opens, 1 to 100
 * @param window       number of latest calls that are looked at
 * @param minimumCalls calls needed before the rate counts
 * @param openFor      how long it stays open before probes are let through
 * @param probes       calls let through to decide whether it closes again
 */
public record BreakerSettings(int failureRate, int window, int minimumCalls, Duration openFor, int probes) {

    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 20, 5, Duration.ofSeconds(30), 2);
}
