package dev.openaigateway.throttle;

import dev.openaigateway.config.ClientSettings.ClientKey;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The meter that tells what is left of each limit. Read from the limiter all at once, whenever metrics are asked for. */
public final class LimitGauges {

    /** @param limit tokens per minute */
    private record Limited(String kind, String name, long limit) {
    }

    private final MultiGauge remaining;
    private final LiveSettings settings;
    private final ActiveLimiter limiter;

    public LimitGauges(MeterRegistry registry, LiveSettings settings, ActiveLimiter limiter) {
        this.settings = settings;
        this.limiter = limiter;
        this.remaining = MultiGauge.builder("gateway.tokens.remaining")
                .description("Tokens left in the running minute, by limit").register(registry);
    }

    public void refresh() {
        Map<String, Limited> byScope = configuredLimits(settings.get());
        Map<String, Long> used = byScope.isEmpty() ? Map.of() : limiter.used(List.copyOf(byScope.keySet()));
        remaining.register(byScope.entrySet().stream().map(entry -> {
            Limited limited = entry.getValue();
            return MultiGauge.Row.of(Tags.of("limit", limited.kind(), "name", limited.name()),
                    Math.max(0, limited.limit() - used.getOrDefault(entry.getKey(), 0L)));
        }).toList(), true);
    }

    /** By scope, in the order of the settings. */
    private static Map<String, Limited> configuredLimits(Settings settings) {
        Map<String, Limited> byScope = new LinkedHashMap<>();
        if (!settings.rateLimit().enabled()) {
            return byScope;
        }
        if (settings.rateLimit().tpm() > 0) {
            byScope.put(Admit.GATEWAY, new Limited("gateway", "gateway", settings.rateLimit().tpm()));
        }
        for (ClientKey client : settings.clients().keys()) {
            if (client.tpm() > 0) {
                byScope.put(Admit.scope(client.name()), new Limited("client", client.name(), client.tpm()));
            }
        }
        for (InstanceSettings instance : settings.instances()) {
            if (instance.maxTpm() > 0) {
                byScope.put(Throttle.scope(instance.name()), new Limited("instance", instance.name(), instance.maxTpm()));
            }
        }
        return byScope;
    }
}
