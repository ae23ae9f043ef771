package dev.openaigateway.stats;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** A distribution of times in milliseconds, accurate to one percent. All values are 0 if nothing was measured. */
public record Percentiles(long count, double mean, double p50, double p90, double p95, double p99, double max) {

    private static final double[] SHARES = {0.50, 0.90, 0.95, 0.99};
    private static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0, 0);

    /**
     * In one pass over the histogram: a pass over a packed one is expensive.
     *
     * @param micros a histogram in microseconds; null for none
     */
    static Percentiles of(Histogram micros) {
        if (micros == null || micros.getTotalCount() == 0) {
            return NONE;
        }
        double[] at = new double[SHARES.length];
        int next = 0;
        double sum = 0;
        for (HistogramIterationValue value : micros.recordedValues()) {
            long reached = value.getTotalCountToThisValue();
            while (next < at.length && reached >= SHARES[next] * micros.getTotalCount()) {
                at[next++] = Milliseconds.ofMicros(value.getValueIteratedTo());
            }
            sum += (double) micros.medianEquivalentValue(value.getValueIteratedTo()) * value.getCountAtValueIteratedTo();
        }
        return new Percentiles(micros.getTotalCount(), Milliseconds.ofMicros(sum / micros.getTotalCount()), at[0], at[1], at[2], at[3],
                Milliseconds.ofMicros(micros.getMaxValue()));
    }
}
