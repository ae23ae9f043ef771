package dev.openaigateway.bench;

import java.time.Duration;

/**
 * How long and how much to measure; the quick plan only shows that everything runs.
 *
 * @param longestWarmUp turns of a round's length, if figures still rise
 */
record Plan(int longestWarmUp, Duration round, int rounds, int streams, int manyStreams, int events, Duration pause) {

    static Plan full() {
        return new Plan(10, Duration.ofSeconds(5), 3, 1_000, 3_000, 50, Duration.ofSeconds(3));
    }

    static Plan quick() {
        return new Plan(1, Duration.ofSeconds(1), 1, 100, 200, 10, Duration.ofMillis(500));
    }
}
