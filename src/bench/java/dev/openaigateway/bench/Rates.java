package dev.openaigateway.bench;

import java.util.List;
import java.util.function.Function;

/**
 * Requests per second by round and target.
 *
 * @param rounds the rates of all targets, in the targets' order, for each round
 */
record Rates(List<List<Double>> rounds) {

    double of(int target) {
        return median(round -> round.get(target));
    }

    /** The median of the ratios of each round: a temporary slowdown of the machine affects both targets of a round. */
    double ratio(int target, int other) {
        return median(round -> round.get(target) / round.get(other));
    }

    private double median(Function<List<Double>, Double> figure) {
        return Median.of(rounds.stream().map(figure).toList());
    }
}
