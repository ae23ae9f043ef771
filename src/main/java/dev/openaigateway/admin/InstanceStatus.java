package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.health.Availability;
import dev.openaigateway.health.Health;
import dev.openaigateway.identity.AccessTokenStatus;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.throttle.LimitUse;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The status of one instance. Times are seconds since the epoch, with fractions, or null. If no model of the instance can be
 * called, its status is that of its models.
 *
 * @param identity null, and not shown, if the instance is called with a key
 * @param status {@code healthy}, {@code rate_limited}, {@code error} or {@code disabled}
 */
public record InstanceStatus(
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
        @JsonInclude(JsonInclude.Include.NON_NULL) AccessTokenStatus identity,
        Collection<String> supportedModels) {

    static InstanceStatus of(Instance instance, List<LimitUse> limits, AccessTokens tokens, Instant now) {
        InstanceSettings settings = instance.settings();
        Health health = instance.health();
        Availability availability = availability(instance);
        long currentTpm = used(limits, LimitScope.Unit.TOKENS);
        Duration busyFor = availability.ready()
                ? longer(health.room().fullOfTokensFor(currentTpm, settings.maxTpm()), health.room().fullOfRequestsFor(used(limits, LimitScope.Unit.REQUESTS), settings.maxRpm()))
                : ModelStatus.isBench(availability) ? availability.busyFor() : null;
        return new InstanceStatus(instance.name(), settings.providerType(),
                ModelStatus.word(availability, busyFor != null), currentTpm, settings.maxTpm(), percent(currentTpm, settings.maxTpm()),
                health.errors(), health.lastError(), ModelStatus.after(busyFor, now),
                settings.priority(), settings.weight(), ModelStatus.after(health.unusedFor() == null ? null : health.unusedFor().negated(), now),
                settings.identity().map(tokens::status).orElse(null), settings.models());
    }

    /** What is in use of the limit of the instance itself. */
    private static long used(List<LimitUse> limits, LimitScope.Unit unit) {
        return limits.stream().filter(limit -> limit.model() == null && limit.unit() == unit).mapToLong(LimitUse::used).sum();
    }

    private static Duration longer(Duration one, Duration other) {
        return one == null || other != null && other.compareTo(one) > 0 ? other : one;
    }

    public boolean healthy() {
        return status.equals("healthy");
    }

    /** That of the instance itself; if that is ready and no model is, the shortest wait of the models. */
    static Availability availability(Instance instance) {
        Availability own = instance.availability();
        if (!own.ready()) {
            return own;
        }
        // Each is asked once, and those of models without a time come last: a check of the instance may fail meanwhile.
        List<Availability> ofModels = ModelStatus.names(instance).stream().map(instance::availability).toList();
        return ofModels.stream().anyMatch(Availability::ready) ? own
                : ofModels.stream().min(Comparator.comparing(Availability::busyFor, Comparator.nullsLast(Comparator.naturalOrder()))).orElse(own);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(part * 10_000.0 / whole) / 100.0;
    }
}
