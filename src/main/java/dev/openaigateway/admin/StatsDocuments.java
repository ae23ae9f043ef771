package dev.openaigateway.admin;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.Dimension;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.stats.UsageHistory;
import dev.openaigateway.stats.UsageMetric;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The documents under {@code /stats}. Thread-safe. */
public final class StatsDocuments {

    private static final List<String> USAGE_PARAMETERS = List.of("client", "instance", "metric", "model", "window");

    private final StatsReport report;
    private final Supplier<Optional<UsageHistory>> history;
    private final Instances instances;
    private final Consumer<String> requireInstance;

    /**
     * @param history         for windows longer than the report's, and for several filters; empty if usage records are not stored
     * @param requireInstance throws 400 for an instance of which nothing is known; accepts null
     */
    public StatsDocuments(StatsReport report, Supplier<Optional<UsageHistory>> history, Instances instances, Consumer<String> requireInstance) {
        this.report = report;
        this.history = history;
        this.instances = instances;
        this.requireInstance = requireInstance;
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

    /** A time series; query parameters {@code metric}, {@code window} in minutes, and the filters instance, model and client. */
    public Object usage(AdminRequest request) throws Exception {
        request.requireOnly(USAGE_PARAMETERS);
        String name = request.parameter("metric").orElse("requests");
        UsageMetric metric = UsageMetric.of(name).orElseThrow(() ->
                Errors.invalid("metric", "invalid_value", "metric must be one of tokens, requests, errors, latency.").exception());
        Optional<UsageHistory> kept = history.get();
        int minutes = request.number("window", Math.min(60, report.longestWindow()));
        int longest = kept.isPresent() ? (int) Duration.ofDays(UsageHistory.DAYS).toMinutes() : report.longestWindow();
        if (minutes < 1 || minutes > longest) {
            throw Errors.invalid("window", "invalid_value", "window must be from 1 to " + longest + " minutes.").exception();
        }
        Map<Dimension, String> only = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            request.parameter(dimension.parameter()).ifPresent(value -> only.put(dimension, value));
        }
        StatsReport.Usage usage = minutes > report.longestWindow() || only.size() > 1
                ? kept.orElseThrow(() -> severalFilters(only)).usage(metric, minutes, only) : report.usage(metric, minutes, only);
        if (!usage.hasCounts()) {
            requireInstance.accept(only.get(Dimension.INSTANCE));
        }
        return usage;
    }

    /** Memory has no counts of combinations. */
    private static ApiException severalFilters(Map<Dimension, String> only) {
        String last = only.keySet().stream().reduce((one, other) -> other).orElseThrow().parameter();
        return Errors.invalid(last, "invalid_value", last + " must be the only filter here: several of instance, model and client at once"
                + " are answered from the database of usage records, which is not enabled.").exception();
    }
}
