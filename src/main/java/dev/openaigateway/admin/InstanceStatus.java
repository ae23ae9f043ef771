package dev.openaigateway.admin;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Availability;
import dev.openaigateway.routing.Health;
import dev.openaigateway.routing.Instance;

import java.time.Instant;
import java.util.Collection;

/**
 * The status of one instance. Times are seconds since the epoch, with fractions, or null.
 *
 * @param status {@code healthy}, {@code rate_limited}, {@code error} or {@code disabled}
 */
record InstanceStatus(
        String name,
        String providerType,
        String status,
        long currentTpm,
        long maxTpm,
        double tpmUsagePercent,
        long errorCount,
        String lastError,
        Double rateLimitedUntil,
        int priority,
        int weight,
        Double lastUsed,
        Collection<String> supportedModels) {

    static InstanceStatus of(Instance instance, long currentTpm) {
        InstanceSettings settings = instance.settings();
        Health health = instance.health();
        Instant fullUntil = health.fullUntil(currentTpm, settings.maxTpm());
        Instant benchedUntil = health.benchedUntil();
        return new InstanceStatus(instance.name(), settings.providerType(),
                status(instance, fullUntil != null), currentTpm, settings.maxTpm(), percent(currentTpm, settings.maxTpm()),
                health.errors(), health.lastError(), seconds(benchedUntil == null ? fullUntil : benchedUntil),
                settings.priority(), settings.weight(), seconds(health.lastUsed()), settings.models());
    }

    boolean healthy() {
        return status.equals("healthy");
    }

    private static String status(Instance instance, boolean full) {
        Availability availability = instance.availability();
        return switch (availability.state()) {
            case READY -> full ? "rate_limited" : "healthy";
            case BENCHED -> "rate_limited";
            case BREAKER_OPEN, FAILS_CHECKS -> "error";
            case DISABLED -> "disabled";
        };
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(part * 10_000.0 / whole) / 100.0;
    }

    private static Double seconds(Instant time) {
        return time == null ? null : time.toEpochMilli() / 1000.0;
    }
}
