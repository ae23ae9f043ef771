package dev.openaigateway.bench;

import java.util.List;
import java.util.function.Function;

/**
 * Requests per second by round and target.
 *
 * @param targets   the targets' names
 * @param rounds    the rates of all targets, in the targets' order, for each round
 * @param cpuMicros the CPU time per request in microseconds, in the same order, for each round; 0 if unknown
 * @param kilobytes the allocation per request in KB, in the same way
 */
record Rates(List<String> targets, List<List<Double>> rounds, List<List<Double>> cpuMicros, List<List<Double>> kilobytes) {

    double of(int target) {
        return median(rounds, round -> round.get(target));
    }

    double cpuMicrosOf(int target) {
        return median(cpuMicros, round -> round.get(target));
    }

    private double kilobytesOf(int target) {
        return median(kilobytes, round -> round.get(target));
    }

    /** The median of the ratios of each round: a temporary slowdown of the machine affects both targets of a round. */
    double ratio(int target, int other) {
        return median(rounds, round -> round.get(target) / round.get(other));
    }

    /** A line with the requests per second of each target. */
    Result requests(String title) {
        Result line = new Result(title);
        for (int i = 0; i < targets.size(); i++) {
            line = line.value(targets.get(i), "%,.0f".formatted(of(i)));
        }
        return line;
    }

    /** A line with the CPU time per request, where it is known. */
    Result cpu(String title) {
        Result line = new Result(title + "CPU per request, us");
        for (int i = 0; i < targets.size(); i++) {
            line = cpuMicrosOf(i) > 0 ? line.value(targets.get(i), "%,.0f".formatted(cpuMicrosOf(i))) : line;
        }
        return line;
    }

    /** A line with the allocation per request, where it is known. */
    Result allocation(String title) {
        Result line = new Result(title + "allocated per request, KB");
        for (int i = 0; i < targets.size(); i++) {
            line = kilobytesOf(i) > 0 ? line.value(targets.get(i), "%,.1f".formatted(kilobytesOf(i))) : line;
        }
        return line;
    }

    private static double median(List<List<Double>> rounds, Function<List<Double>, Double> figure) {
        return Median.of(rounds.stream().map(figure).toList());
    }
}
