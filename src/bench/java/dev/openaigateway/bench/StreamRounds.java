package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;

/** Repeated rounds of streams with one target: median of the lateness, sum of the losses. */
final class StreamRounds {

    private final List<StreamResult> rounds = new ArrayList<>();

    void add(StreamResult round) {
        rounds.add(round);
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
