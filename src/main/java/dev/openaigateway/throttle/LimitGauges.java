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

    /**
     * One limit and what is in use of it.
     *
     * @param limit {@code gateway}, {@code client}, {@code instance} or {@code model}
     * @param name  of a model: {@code INSTANCE/MODEL}
     * @param unit  {@code tokens} or {@code requests}, each per minute
     */
    public record Row(String limit, String name, String unit, long used, long perMinute) {
    }

    /** All configured limits, in the order of the settings. */
    public static List<Row> rows(Settings settings, ActiveLimiter limiter) {
        Map<String, Limited> byScope = configuredLimits(settings);
        Map<String, Long> used = byScope.isEmpty() ? Map.of() : limiter.used(List.copyOf(byScope.keySet()));
        return byScope.entrySet().stream().map(entry -> new Row(entry.getValue().kind(), entry.getValue().name(),
                entry.getValue().ofRequests() ? "requests" : "tokens", used.getOrDefault(entry.getKey(), 0L), entry.getValue().limit())).toList();
    }

    private static void register(MultiGauge gauge, Map<String, Limited> byScope, Map<String, Long> used, boolean ofRequests) {
        gauge.register(byScope.entrySet().stream().filter(entry -> entry.getValue().ofRequests() == ofRequests).map(entry -> {
            Limited limited = entry.getValue();
            return MultiGauge.Row.of(Tags.of("limit", limited.kind(), "name", limited.fullName()),
                    Math.max(0, limited.perMinute() - used.getOrDefault(entry.getKey(), 0L)));
        }).toList(), true);
    }
}
