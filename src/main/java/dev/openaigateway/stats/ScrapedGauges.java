package dev.openaigateway.stats;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.util.List;
import java.util.function.Supplier;

/**
 * Gauges whose rows appear and disappear while the gateway runs. Each scrape reads the current values and builds its own rows, so
 * concurrent scrapes do not affect each other. Micrometer's {@code MultiGauge} would replace rows while another scrape reads them.
 * Thread-safe.
 */
public final class ScrapedGauges implements MultiCollector {

    /**
     * One gauge.
     *
     * @param name such as {@code gateway_tokens_remaining}
     * @param rows if empty, the gauge is omitted
     */
    public record Gauge(String name, String help, List<Row> rows) {
    }

    /** @param labels alternating names and values */
    public record Row(double value, String... labels) {
    }

    private final Supplier<List<Gauge>> gauges;

    private ScrapedGauges(Supplier<List<Gauge>> gauges) {
        this.gauges = gauges;
    }

    /** @param gauges thread-safe; called once for each scrape */
    public static void register(PrometheusMeterRegistry registry, Supplier<List<Gauge>> gauges) {
        registry.getPrometheusRegistry().register(new ScrapedGauges(gauges));
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder page = MetricSnapshots.builder();
        gauges.get().stream().filter(gauge -> !gauge.rows().isEmpty()).forEach(gauge -> page.metricSnapshot(snapshot(gauge)));
        return page.build();
    }

    private static GaugeSnapshot snapshot(Gauge gauge) {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(gauge.name()).help(gauge.help());
        gauge.rows().forEach(row -> snapshot.dataPoint(GaugeDataPointSnapshot.builder().value(row.value()).labels(Labels.of(row.labels())).build()));
        return snapshot.build();
    }
}
