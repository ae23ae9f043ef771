package dev.openaigateway.throttle;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.ratelimit.LimitScope.Unit;
import dev.openaigateway.stats.ScrapedGauges;
import dev.openaigateway.stats.ScrapedGauges.Gauge;
import dev.openaigateway.stats.ScrapedGauges.Row;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.List;
import java.util.Map;

/** The meters with what remains of each limit, and whether Redis keeps them. All are read from the limiter at once, when metrics are requested. */
public final class LimitGauges {

    private LimitGauges() {
    }

    public static void register(PrometheusMeterRegistry registry, LiveSettings settings, ActiveLimiter limiter) {
        ScrapedGauges.register(registry, () -> {
            List<Limit> limits = ConfiguredLimits.of(settings.get());
            Map<String, Long> used = limiter.used(limits.stream().map(Limit::key).toList());
            return List.of(gauge(Unit.TOKENS, "Tokens", limits, used), gauge(Unit.REQUESTS, "Requests", limits, used), redis(limiter.redis()));
        });
    }

    /** Absent while limits are kept in memory, so that a gateway without Redis does not look like one that lost it. */
    private static Gauge redis(RedisState state) {
        return new Gauge("gateway_redis_up", "1 while Redis keeps the limits, 0 while it is unavailable",
                state == RedisState.NOT_USED ? List.of() : List.of(new Row(state == RedisState.OK ? 1 : 0)));
    }

    private static Gauge gauge(Unit unit, String title, List<Limit> limits, Map<String, Long> used) {
        List<Row> rows = limits.stream().filter(limit -> limit.scope().unit() == unit).map(limit ->
                new Row(Math.max(0, limit.perMinute() - used.getOrDefault(limit.key(), 0L)), "limit", limit.scope().kind().label(), "name", limit.scope().fullName())).toList();
        return new Gauge("gateway_" + unit.label() + "_remaining", title + " remaining in the current minute, by limit", rows);
    }
}
