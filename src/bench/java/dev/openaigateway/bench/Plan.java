package dev.openaigateway.bench;

import java.time.Duration;

/**
 * How long and how much to measure; the quick plan only shows that everything runs.
 *
 * @param longestWarmUp turns, if figures still rise
 * @param steadyTurns   turns without a rise that end the warm-up
 * @param warmUp        of one target in a turn
 * @param round         of one target in a round that counts
 * @param pause         after each turn of the warm-up
 * @param repeats       of what is measured as a whole, a start or a round of streams
 */
record Plan(int longestWarmUp, int steadyTurns, Duration warmUp, Duration pause, Duration round, int rounds,
            int repeats, int streams, int manyStreams, int events) {

    static Plan full() {
        return new Plan(16, 5, Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(2), 9, 3, 1_000, 3_000, 50);
    }

    static Plan quick() {
        return new Plan(1, 1, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(1), 1, 1, 100, 200, 10);
    }
}
