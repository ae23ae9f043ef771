package dev.openaigateway.throttle;

import dev.openaigateway.config.Settings;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Load;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * How much of the limits of instances is in use. What routing asks for may be a second old on Redis, as {@link LatestReading} says; what
 * is shown is read at once. Thread-safe.
 */
public final class InstanceLoad implements Load {

    private final ActiveLimiter limiter;
    private final LatestReading latest;
    private volatile List<String> scopes = List.of();

    InstanceLoad(ActiveLimiter limiter, Executor threads, InstantSource clock) {
        this.limiter = limiter;
        this.latest = new LatestReading(() -> limiter.used(scopes), threads, clock);
    }

    /** Routing asks about the instances of these settings from now on. */
    void apply(Settings settings) {
        scopes = settings.instances().stream().flatMap(instance -> InstanceLimits.all(instance).stream()).map(Limit::key).toList();
    }

    /** The limits of each instance, each with what is in use, by the name of the instance. */
    public Map<String, List<LimitUse>> uses(Collection<Instance> instances) {
        return uses(instances, any -> true);
    }

    /** As {@link #uses}, without the limits of single models, which are many. */
    public Map<String, List<LimitUse>> usesOfWholeInstances(Collection<Instance> instances) {
        return uses(instances, limit -> limit.scope().model() == null);
    }

    private Map<String, List<LimitUse>> uses(Collection<Instance> instances, Predicate<Limit> which) {
        Map<String, List<Limit>> limits = new LinkedHashMap<>();
        instances.forEach(instance -> limits.put(instance.name(), InstanceLimits.all(instance.settings()).stream().filter(which).toList()));
        Map<String, Long> used = limiter.used(limits.values().stream().flatMap(List::stream).map(Limit::key).toList());
        Map<String, List<LimitUse>> uses = new LinkedHashMap<>();
        limits.forEach((name, each) -> uses.put(name, each.stream().map(limit ->
                new LimitUse(limit.scope().model(), limit.scope().unit(), used.getOrDefault(limit.key(), 0L), limit.perMinute())).toList()));
        return uses;
    }

    @Override
    public double share(Instance instance, String model) {
        if (!InstanceLimits.apply(instance.settings(), model)) {
            return 0;
        }
        double fullest = 0;
        List<Limit> limits = InstanceLimits.of(instance.settings(), model);
        Map<String, Long> used = readings(limits);
        for (Limit limit : limits) {
            fullest = Math.max(fullest, used.getOrDefault(limit.key(), 0L) / (double) limit.perMinute());
        }
        return Math.min(1, fullest);
    }

    @Override
    public String room(Instance instance, String model) {
        StringBuilder room = new StringBuilder();
        List<Limit> limits = InstanceLimits.of(instance.settings(), model);
        Map<String, Long> used = limits.isEmpty() ? Map.of() : readings(limits);
        for (Limit limit : limits) {
            room.append("; ").append(Math.max(0, limit.perMinute() - used.getOrDefault(limit.key(), 0L))).append(" of its ").append(limit.perMinute())
                    .append(' ').append(limit.scope().unit().label()).append(" per minute").append(limit.scope().model() == null ? "" : " for the model").append(" are left");
        }
        return room.toString();
    }

    private Map<String, Long> readings(List<Limit> limits) {
        return limiter.redis() == RedisState.NOT_USED ? limiter.used(limits.stream().map(Limit::key).toList()) : latest.get();
    }
}
