package dev.openaigateway.throttle;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.throttle.ConfiguredLimits.Limited;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import java.util.List;
import java.util.Map;

/** The meter with the remaining tokens of each limit. All are read from the limiter at once, when metrics are requested. */
public final class LimitGauges {

    private final MultiGauge tokens;
    private final MultiGauge requests;
    private final LiveSettings settings;
    private final ActiveLimiter limiter;

    public LimitGauges(MeterRegistry registry, LiveSettings settings, ActiveLimiter limiter) {
        this.settings = settings;
        this.limiter = limiter;
        this.tokens = MultiGauge.builder("gateway.tokens.remaining")
                .description("Tokens remaining in the current minute, by limit").register(registry);
        this.requests = MultiGauge.builder("gateway.requests.remaining")
                .description("Requests remaining in the current minute, by limit").register(registry);
    }

    public void refresh() {
        Map<String, Limited> byScope = ConfiguredLimits.byScope(settings.get());
        Map<String, Long> used = byScope.isEmpty() ? Map.of() : limiter.used(List.copyOf(byScope.keySet()));
        register(tokens, byScope, used, false);
        register(requests, byScope, used, true);
    }

    private static void register(MultiGauge gauge, Map<String, Limited> byScope, Map<String, Long> used, boolean ofRequests) {
        gauge.register(byScope.entrySet().stream().filter(entry -> entry.getValue().ofRequests() == ofRequests).map(entry -> {
            Limited limited = entry.getValue();
            return MultiGauge.Row.of(Tags.of("limit", limited.kind(), "name", limited.fullName()),
                    Math.max(0, limited.perMinute() - used.getOrDefault(entry.getKey(), 0L)));
        }).toList(), true);
    }
}
