package dev.openaigateway.bench;

import java.util.List;
import java.util.function.Function;

/**
 * Requests per second by round and target.
 *
 * @param rounds    the rates of all targets, in the targets' order, for each round
 * @param cpuMicros the CPU time per request in microseconds, in the same order, for each round; 0 if unknown
 */
record Rates(List<List<Double>> rounds, List<List<Double>> cpuMicros) {

    double of(int target) {
        return median(rounds, round -> round.get(target));
    }

    double cpuMicrosOf(int target) {
        return median(cpuMicros, round -> round.get(target));
    }

    /** The median of the ratios of each round: a temporary slowdown of the machine affects both targets of a round. */
    double ratio(int target, int other) {
        return median(rounds, round -> round.get(target) / round.get(other));
    }

    private static double median(List<List<Double>> rounds, Function<List<Double>, Double> figure) {
        return Median.of(rounds.stream().map(figure).toList());
    }
}
