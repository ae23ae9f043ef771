package dev.openaigateway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Repeated rounds of streams with one target: median of the lateness, sum of the losses. */
final class StreamRounds {

    private final List<StreamResult> rounds = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();

    /** @param cpu the CPU time of the target during the round; zero if unknown */
    void add(StreamResult round, Duration cpu) {
        rounds.add(round);
        cpuMicros.add(cpu.toNanos() / 1000.0 / round.events());
    }

    /** Median over the rounds of the CPU time per event, in microseconds; zero if unknown. */
    double cpuMicros() {
        return Median.of(cpuMicros);
    }

    /** Median over the rounds of the lateness at the percentile, in milliseconds. */
    double lateness(double percentile) {
        return Median.of(rounds.stream().map(round -> round.lateness(percentile)).toList());
    }

    long lostEvents() {
        return rounds.stream().mapToLong(StreamResult::lostEvents).sum();
    }

    int completedStreams() {
        return rounds.stream().mapToInt(StreamResult::completedStreams).sum();
    }

    boolean whole() {
        return rounds.stream().allMatch(StreamResult::whole);
    }

    String firstFailure() {
        return rounds.stream().map(StreamResult::firstFailure).filter(why -> !why.isEmpty()).findFirst().orElse("");
    }
}
