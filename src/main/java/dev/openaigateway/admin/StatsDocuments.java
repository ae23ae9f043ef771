package dev.openaigateway.admin;

import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.Dimension;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.stats.UsageHistory;
import dev.openaigateway.stats.UsageMetric;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The documents under {@code /stats}. Thread-safe. */
public final class StatsDocuments {

    private final StatsReport report;
    private final Supplier<Optional<UsageHistory>> history;
    private final Instances instances;

    /** @param history for windows longer than the report's; empty if usage records are not stored */
    public StatsDocuments(StatsReport report, Supplier<Optional<UsageHistory>> history, Instances instances) {
        this.report = report;
        this.history = history;
        this.instances = instances;
    }

    public Object overview(AdminRequest request) {
        return report.overview();
    }

    public Object windows(AdminRequest request) {
        return report.windows();
    }

    /** All instances, or the one of the query parameter {@code instance}. */
    public Object instances(AdminRequest request) {
        Optional<String> wanted = request.parameter("instance");
        wanted.ifPresent(name -> InstanceLookup.instance(instances, name));
        return report.instances(wanted.map(List::of).orElseGet(() -> instances.all().stream().map(Instance::name).toList()));
    }

    /** A time series; query parameters {@code metric}, {@code window} in minutes, and one of instance, model, client. */
    public Object usage(AdminRequest request) throws Exception {
        String name = request.parameter("metric").orElse("requests");
        UsageMetric metric = UsageMetric.of(name).orElseThrow(() ->
                Errors.invalid("metric", "invalid_value", "metric must be one of tokens, requests, errors, latency.").exception());
        Optional<UsageHistory> kept = history.get();
        int minutes = request.number("window", Math.min(60, report.longestWindow()));
        int longest = kept.isPresent() ? (int) Duration.ofDays(UsageHistory.DAYS).toMinutes() : report.longestWindow();
        if (minutes < 1 || minutes > longest) {
            throw Errors.invalid("window", "invalid_value", "window must be from 1 to " + longest + " minutes.").exception();
        }
        Dimension only = Arrays.stream(Dimension.values())
                .filter(dimension -> only(request, dimension).isPresent()).findFirst().orElse(null);
        String value = only == null ? null : only(request, only).orElseThrow();
        if (minutes > report.longestWindow()) {
            return kept.orElseThrow().usage(metric, minutes, only, value);
        }
        return only == null ? report.usage(metric, minutes) : report.usage(metric, minutes, only, value);
    }

    private static Optional<String> only(AdminRequest request, Dimension dimension) {
        return request.parameter(dimension.name().toLowerCase(Locale.ROOT));
    }
}
