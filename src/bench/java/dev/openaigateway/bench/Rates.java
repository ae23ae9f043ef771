package dev.openaigateway.bench;

import java.util.List;
import java.util.function.Function;

/**
 * Requests per second by round and target.
 *
 * @param rounds of each the rates of all targets, in the targets' order
 */
record Rates(List<List<Double>> rounds) {

    double of(int target) {
        return median(round -> round.get(target));
    }

    /** One target against another: of the rounds' own ratios, for a machine that is slow for a while is so to both. */
    double ratio(int target, int other) {
        return median(round -> round.get(target) / round.get(other));
    }

    private double median(Function<List<Double>, Double> figure) {
        return Median.of(rounds.stream().map(figure).toList());
    }
}
