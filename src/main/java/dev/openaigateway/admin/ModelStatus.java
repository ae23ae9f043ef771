package dev.openaigateway.admin;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.health.Availability;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.health.Health;
import dev.openaigateway.routing.Instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The status of one model at an instance.
 *
 * @param deployment       the model's name at the upstream; models of one deployment share its health
 * @param status           as that of the instance; the instance itself may still be unavailable
 * @param breaker          {@code closed}, {@code open} or {@code half_open}
 * @param rateLimitedUntil seconds since the epoch, or null
 */
public record ModelStatus(String model, String deployment, String status, String breaker, double failurePercent, long latencyMs,
                   long errorCount, String lastError, Double rateLimitedUntil) {

    /**
     * What the models of an instance amount to.
     *
     * @param breaker        {@code open} if the instance's own breaker is, or those of all its models are
     * @param failurePercent the highest of the instance and its models
     * @param latencyMs      the mean of its models
     */
    public record Totals(String breaker, double failurePercent, long latencyMs) {

        public static Totals of(Instance instance, List<ModelStatus> models) {
            Health health = instance.health();
            double failures = health.deployments().values().stream().mapToDouble(DeploymentHealth::failureShare)
                    .reduce(health.failureShare(), Math::max);
            double latency = health.deployments().values().stream().mapToLong(known -> known.latency().toMillis())
                    .filter(millis -> millis > 0).average().orElse(0);
            return new Totals(breaker(health.breakerState(), models), failures * 100, Math.round(latency));
        }

        private static String breaker(String own, List<ModelStatus> models) {
            List<String> states = models.stream().map(ModelStatus::breaker).distinct().toList();
            return own.equals("closed") && states.size() == 1 ? states.get(0) : own;
        }
    }

    /** The models that the settings name, and further ones that were called. */
    public static List<ModelStatus> all(Instance instance, Instant now) {
        return names(instance).stream().map(model -> of(instance, model, now)).toList();
    }

    /** The status of each model, by name. */
    static Map<String, String> words(Instance instance, Instant now) {
        Map<String, String> words = new LinkedHashMap<>();
        all(instance, now).forEach(model -> words.put(model.model(), model.status()));
        return words;
    }

    static List<String> names(Instance instance) {
        InstanceSettings settings = instance.settings();
        List<String> names = new ArrayList<>(settings.models());
        Set<String> deployments = names.stream().map(settings::deployment).collect(Collectors.toSet());
        instance.health().deployments().keySet().stream().filter(name -> !deployments.contains(name)).sorted().forEach(names::add);
        return names;
    }

    private static ModelStatus of(Instance instance, String model, Instant now) {
        String deployment = instance.settings().deployment(model);
        DeploymentHealth known = instance.deployment(model);
        if (known == null) {
            return new ModelStatus(model, deployment, "healthy", "closed", 0, 0, 0, null, null);
        }
        Availability availability = known.availability();
        return new ModelStatus(model, deployment, word(availability, false), known.breakerState(), known.failureShare() * 100,
                known.latency().toMillis(), known.errors(), known.lastError(),
                isBench(availability) ? after(availability.busyFor(), now) : null);
    }

    static String word(Availability availability, boolean full) {
        return switch (availability.state()) {
            case READY -> full ? "rate_limited" : "healthy";
            case RATE_LIMITED, UNAVAILABLE, NO_CREDIT -> "rate_limited";
            case BREAKER_OPEN, FAILS_CHECKS, NO_TOKEN -> "error";
            case DISABLED -> "disabled";
        };
    }

    static boolean isBench(Availability availability) {
        return switch (availability.state()) {
            case RATE_LIMITED, UNAVAILABLE, NO_CREDIT -> true;
            case READY, DISABLED, BREAKER_OPEN, FAILS_CHECKS, NO_TOKEN -> false;
        };
    }

    static Double after(Duration wait, Instant now) {
        return wait == null ? null : now.plus(wait).toEpochMilli() / 1000.0;
    }
}
