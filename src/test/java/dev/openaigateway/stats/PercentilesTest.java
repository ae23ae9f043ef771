package dev.openaigateway.stats;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class PercentilesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 19, 20, 99, 100, 101, 5000})
    void shouldAgreeWithTheHistogram(int count) {
        Random random = new Random(count);
        Histogram micros = new PackedHistogram(100, 3_600_000_000L, 2);
        for (int i = 0; i < count; i++) {
            micros.recordValue((long) (1_000 * Math.exp(random.nextGaussian() * 3 + 3)));
        }

        Percentiles found = Percentiles.of(micros);

        assertThat(found.count()).isEqualTo(count);
        assertThat(found.mean()).isEqualTo(Milliseconds.ofMicros(micros.getMean()));
        assertThat(new double[] {found.p50(), found.p90(), found.p95(), found.p99()}).containsExactly(at(micros, 50), at(micros, 90), at(micros, 95), at(micros, 99));
        assertThat(found.max()).isEqualTo(Milliseconds.ofMicros(micros.getMaxValue()));
    }

    private static double at(Histogram micros, double percentile) {
        return Milliseconds.ofMicros(micros.getValueAtPercentile(percentile));
    }
}
