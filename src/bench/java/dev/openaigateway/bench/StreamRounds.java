package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;

/** The same streams at one target, several times over: the median of the lateness, the sum of the losses. */
final class StreamRounds {

    private final List<StreamResult> rounds = new ArrayList<>();

    void add(StreamResult round) {
        rounds.add(round);
    }

    /** Lateness at that percentile, in milliseconds. */
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
