package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.throttle.LimitUse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The documents with the status of all instances. Thread-safe. */
public final class StatusDocuments {

    /** {@code /v1/instances/status} and {@code /stats/status}. */
    record Status(String status, long timestamp, List<InstanceStatus> instances, int totalInstances, long healthyInstances,
                  String routingStrategy) {
    }

    /** {@code /stats/health}. */
    record HealthSummary(String status, long timestamp, int totalInstances, long healthyInstances, String redis,
                         Map<String, String> instances, Map<String, Map<String, String>> models) {
    }

    private final Instances instances;
    private final Function<Collection<Instance>, Map<String, List<LimitUse>>> limits;
    private final AccessTokens tokens;
    private final LiveSettings settings;
    private final Supplier<String> redis;
    private final InstantSource clock;

    /**
     * @param limits the limits of each instance, each with what is in use, by the name of the instance
     * @param redis  {@code ok} or {@code away}; null if Redis is not used
     */
    public StatusDocuments(Instances instances, Function<Collection<Instance>, Map<String, List<LimitUse>>> limits,
                           AccessTokens tokens, LiveSettings settings, Supplier<String> redis, InstantSource clock) {
        this.instances = instances;
        this.limits = limits;
        this.tokens = tokens;
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
    }

    public Object status(AdminRequest request) {
        List<InstanceStatus> all = all();
        return new Status("success", seconds(), all, all.size(), healthy(all), strategy());
    }

    public Object health(AdminRequest request) {
        List<InstanceStatus> all = all();
        long healthy = healthy(all);
        String verdict = healthy == all.size() ? "healthy" : healthy > 0 ? "degraded" : "unhealthy";
        Map<String, String> byName = new LinkedHashMap<>();
        all.forEach(instance -> byName.put(instance.name(), instance.status()));
        Map<String, Map<String, String>> models = new LinkedHashMap<>();
        instances.all().forEach(instance -> models.put(instance.name(), ModelStatus.words(instance, now())));
        return new HealthSummary(verdict, seconds(), all.size(), healthy, redis.get(), byName, models);
    }

    /** The status of each instance. */
    public List<InstanceStatus> all() {
        Map<String, List<LimitUse>> uses = limits.apply(instances.all());
        return instances.all().stream()
                .map(instance -> InstanceStatus.of(instance, uses.getOrDefault(instance.name(), List.of()), tokens, now()))
                .toList();
    }

    private String strategy() {
        return settings.get().routing().strategy().name().toLowerCase(Locale.ROOT);
    }

    private long seconds() {
        return now().getEpochSecond();
    }

    /** The time of the statuses. */
    public Instant now() {
        return clock.instant();
    }

    private static long healthy(List<InstanceStatus> all) {
        return all.stream().filter(InstanceStatus::healthy).count();
    }
}
