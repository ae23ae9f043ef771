package dev.openaigateway.bench;

import java.util.List;

/** The median; for an even count, the larger of the two middle values. */
final class Median {

    private Median() {
    }

    static double of(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
