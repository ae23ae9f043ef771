package dev.openaigateway.bench;

import java.util.List;
import java.util.function.Function;

/**
 * Requests per second by round and target.
 *
 * @param rounds    of each the rates of all targets, in the targets' order
 * @param cpuMicros of each round the microseconds of CPU that a request took, in the same order; 0 if not known
 */
record Rates(List<List<Double>> rounds, List<List<Double>> cpuMicros) {

    double of(int target) {
        return median(rounds, round -> round.get(target));
    }

    double cpuMicrosOf(int target) {
        return median(cpuMicros, round -> round.get(target));
    }

    /** One target against another: of the rounds' own ratios, for a machine that is slow for a while is so to both. */
    double ratio(int target, int other) {
        return median(rounds, round -> round.get(target) / round.get(other));
    }

    private static double median(List<List<Double>> rounds, Function<List<Double>, Double> figure) {
        return Median.of(rounds.stream().map(figure).toList());
    }
}
