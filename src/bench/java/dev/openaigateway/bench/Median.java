package dev.openaigateway.bench;

import java.util.List;

/** The middle of some figures; of two middle ones the larger. */
final class Median {

    private Median() {
    }

    static double of(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
