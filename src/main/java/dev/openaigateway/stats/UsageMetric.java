package dev.openaigateway.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The metrics of {@code /stats/usage}. */
public enum UsageMetric {
    TOKENS("tokens") {
        @Override
        void show(Tally tally, Map<String, Object> point) {
            point.put("value", tally.promptTokens + tally.completionTokens);
            point.put("prompt", tally.promptTokens);
            point.put("completion", tally.completionTokens);
            tally.details.forEach(point::put);
        }
    },
    REQUESTS("requests") {
        @Override
        void show(Tally tally, Map<String, Object> point) {
            point.put("value", tally.requests);
            point.put("successes", tally.requests - tally.errors);
            point.put("errors", tally.errors);
        }
    },
    ERRORS("errors") {
        @Override
        void show(Tally tally, Map<String, Object> point) {
            point.put("value", tally.errors);
            point.put("by_kind", tally.errorsByKind.asMap());
        }
    },
    LATENCY("milliseconds") {
        @Override
        void show(Tally tally, Map<String, Object> point) {
            Percentiles latency = Percentiles.of(tally.latency);
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

    /** Finds a metric by its name, ignoring case. */
    public static Optional<UsageMetric> of(String name) {
        return Arrays.stream(values()).filter(metric -> metric.name().equalsIgnoreCase(name)).findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String unit() {
        return unit;
    }

    /** @param time when the tally begins, in seconds since 1970 */
    Map<String, Object> point(long time, Tally tally) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", time);
        show(tally, point);
        return point;
    }

    abstract void show(Tally tally, Map<String, Object> point);
}
