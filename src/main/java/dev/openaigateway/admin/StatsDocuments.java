package dev.openaigateway.admin;

import dev.openaigateway.api.Errors;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.Dimension;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.stats.UsageMetric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The documents behind {@code /stats}. */
public final class StatsDocuments {

    private final StatsReport report;
    private final Instances instances;

    public StatsDocuments(StatsReport report, Instances instances) {
        this.report = report;
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
        wanted.ifPresent(name -> Named.instance(instances, name));
        return report.instances(wanted.map(List::of).orElseGet(() -> instances.all().stream().map(Instance::name).toList()));
    }

    /** A time series; query parameters {@code metric}, {@code window} in minutes, and one of instance, model, client. */
    public Object usage(AdminRequest request) {
        String name = request.parameter("metric").orElse("requests");
        UsageMetric metric = UsageMetric.of(name).orElseThrow(() ->
                Errors.invalid("metric", "invalid_value", "metric must be one of tokens, requests, errors, latency.").exception());
        int minutes = request.number("window", Math.min(60, report.longestWindow()));
        if (minutes < 1 || minutes > report.longestWindow()) {
            throw Errors.invalid("window", "invalid_value", "window must be from 1 to " + report.longestWindow() + " minutes.").exception();
        }
        for (Dimension dimension : Dimension.values()) {
            Optional<String> only = request.parameter(dimension.name().toLowerCase(Locale.ROOT));
            if (only.isPresent()) {
                return report.usage(metric, minutes, dimension, only.get());
            }
        }
        return report.usage(metric, minutes);
    }
}
