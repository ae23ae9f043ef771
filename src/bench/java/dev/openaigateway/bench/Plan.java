package dev.openaigateway.bench;

import java.time.Duration;

/** How long and how much to measure; the quick plan only shows that everything runs. */
record Plan(Duration warmUp, Duration round, int rounds, int streams, int manyStreams, int events, Duration pause) {

    static Plan full() {
        return new Plan(Duration.ofSeconds(15), Duration.ofSeconds(5), 3, 1_000, 3_000, 50, Duration.ofSeconds(3));
    }

    static Plan quick() {
        return new Plan(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 100, 200, 10, Duration.ofMillis(500));
    }
}
