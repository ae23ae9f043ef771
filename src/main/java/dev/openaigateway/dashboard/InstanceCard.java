package dev.openaigateway.dashboard;

import dev.openaigateway.admin.InstanceStatus;
import dev.openaigateway.admin.ModelStatus;
import dev.openaigateway.health.Availability;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.throttle.LimitUse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the page shows of one instance.
 *
 * @param status         {@code healthy}, {@code rate_limited}, {@code error} or {@code disabled}
 * @param why            the reason for the status, for people; null if it is healthy
 * @param breaker        {@code open} if the instance's own breaker is, or those of all its models are
 * @param secondsLeft    until it may be called again; null if that does not depend on time
 * @param latencyMs      the mean of its models; 0 if it is unknown
 * @param requests       attempts in the last minute
 * @param failed         failed attempts in the last minute
 * @param models         what is known of each of its models
 */
record InstanceCard(String name, String provider, String status, String why, String breaker, Double secondsLeft, boolean enabled,
                    int priority, int weight, int inFlight, long latencyMs, double failurePercent, long requests, long failed,
                    long errorCount, String lastError, List<LimitUse> limits, List<String> tags, List<Model> models) {

    /** @param secondsLeft of its bench; null if it is not benched */
    record Model(String model, String status, String breaker, Double secondsLeft, String lastError) {
    }

    static InstanceCard of(Instance instance, InstanceStatus status, List<LimitUse> limits, MinuteCount.Sum traffic, Instant now) {
        List<ModelStatus> models = ModelStatus.all(instance, now);
        ModelStatus.Totals totals = ModelStatus.Totals.of(instance, models);
        Availability availability = instance.availability();
        Double left = left(status.rateLimitedUntil(), now);
        return new InstanceCard(instance.name(), status.providerType(), status.status(), why(status.status(), availability), totals.breaker(),
                left == null ? seconds(availability.busyFor()) : left, instance.settings().enabled(), instance.settings().priority(),
                instance.settings().weight(), instance.inFlight(), totals.latencyMs(), totals.failurePercent(), traffic.calls(), traffic.failures(),
                status.errorCount(), status.lastError(), limits, instance.settings().tags(),
                models.stream().map(model -> new Model(model.model(), model.status(), model.breaker(), left(model.rateLimitedUntil(), now),
                        model.lastError())).toList());
    }

    /** If the instance itself is ready, its models are the reason, or a request that did not fit its limit. */
    private static String why(String status, Availability availability) {
        return switch (availability.state()) {
            case READY -> switch (status) {
                case "healthy" -> null;
                case "rate_limited" -> "no room for a request like the last one, or all its models are benched";
                default -> "none of its models may be called";
            };
            case DISABLED -> "switched off";
            case RATE_LIMITED -> "it reported that its limit is reached";
            case UNAVAILABLE -> "it reported that it is unavailable";
            case NO_CREDIT -> "its account has no credit";
            case BREAKER_OPEN -> "its breaker is open";
            case FAILS_CHECKS -> "its health check fails";
            case NO_TOKEN -> "its identity has no token";
        };
    }

    private static Double left(Double until, Instant now) {
        return until == null ? null : Math.max(0, Math.round(until * 10 - now.toEpochMilli() / 100.0) / 10.0);
    }

    private static Double seconds(Duration time) {
        return time == null ? null : time.toMillis() / 1000.0;
    }

    /** Whether name, provider, a model or a tag contains the text. */
    boolean matches(String text) {
        return contains(name, text) || contains(provider, text) || tags.stream().anyMatch(tag -> contains(tag, text))
                || models.stream().anyMatch(model -> contains(model.model(), text));
    }

    private static boolean contains(String value, String text) {
        return value.toLowerCase(Locale.ROOT).contains(text);
    }
}
