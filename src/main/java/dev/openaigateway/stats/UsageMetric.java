package dev.openaigateway.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code /stats/usage} can show over time. */
public enum UsageMetric {
    TOKENS("tokens") {
        @Override
        void show(Tally counter, Map<String, Object> point) {
            point.put("value", counter.promptTokens + counter.completionTokens);
            point.put("prompt", counter.promptTokens);
            point.put("completion", counter.completionTokens);
        }
    },
    REQUESTS("requests") {
        @Override
        void show(Tally counter, Map<String, Object> point) {
            point.put("value", counter.requests);
            point.put("successes", counter.requests - counter.errors);
            point.put("errors", counter.errors);
        }
    },
    ERRORS("errors") {
        @Override
        void show(Tally counter, Map<String, Object> point) {
            point.put("value", counter.errors);
            point.put("by_kind", counter.errorsByKind.asMap());
        }
    },
    LATENCY("milliseconds") {
        @Override
        void show(Tally counter, Map<String, Object> point) {
            Percentiles latency = Percentiles.of(counter.latency);
            point.put("value", latency.mean());
            point.put("p50", latency.p50());
            point.put("p95", latency.p95());
            point.put("p99", latency.p99());
            point.put("max", latency.max());
        }
    };

    private final String unit;

    UsageMetric(String unit) {
        this.unit = unit;
    }

    /** By its name in any case. */
    public static Optional<UsageMetric> of(String name) {
        return Arrays.stream(values()).filter(metric -> metric.name().equalsIgnoreCase(name)).findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String unit() {
        return unit;
    }

    /** @param time the second of the epoch at which the tally begins */
    Map<String, Object> point(long time, Tally counter) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", time);
        show(counter, point);
        return point;
    }

    abstract void show(Tally counter, Map<String, Object> point);
}
