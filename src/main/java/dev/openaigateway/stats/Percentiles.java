package dev.openaigateway.stats;

import org.HdrHistogram.Histogram;

/** A distribution of times in milliseconds, accurate to one percent. All values are 0 if nothing was measured. */
public record Percentiles(long count, double mean, double p50, double p90, double p95, double p99, double max) {

    private static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0, 0);

    /** @param micros a histogram in microseconds; null for none */
    static Percentiles of(Histogram micros) {
        return micros == null ? NONE : new Percentiles(
                micros.getTotalCount(),
                Milliseconds.ofMicros(micros.getMean()),
                at(micros, 50),
                at(micros, 90),
                at(micros, 95),
                at(micros, 99),
                Milliseconds.ofMicros(micros.getMaxValue()));
    }

    private static double at(Histogram micros, double percentile) {
        return Milliseconds.ofMicros(micros.getValueAtPercentile(percentile));
    }
}
