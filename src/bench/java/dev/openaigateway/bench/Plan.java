package dev.openaigateway.bench;

import java.time.Duration;

/**
 * Durations and sizes of the measurements; the quick plan only shows that everything runs.
 *
 * @param longestWarmUp maximum number of warm-up turns, reached while rates still rise
 * @param steadyTurns   number of turns without a rise that ends the warm-up
 * @param warmUp        time per target in a warm-up turn
 * @param pause         pause after each warm-up turn
 * @param round         time per target in a measured round
 * @param rounds        number of measured rounds
 * @param repeats       repetitions of a start or of a round of streams
 * @param events        events per stream
 */
record Plan(int longestWarmUp, int steadyTurns, Duration warmUp, Duration pause, Duration round, int rounds,
            int repeats, int streams, int manyStreams, int events) {

    static Plan full() {
        return new Plan(16, 5, Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(2), 9, 3, 1_000, 10_000, 50);
    }

    /** For the first of several measurements of the same processes; it warms them up for all. */
    Plan first() {
        return brief(Math.min(longestWarmUp, 12), Math.min(steadyTurns, 3));
    }

    /** For the further ones. */
    Plan further() {
        return brief(1, 1);
    }

    private Plan brief(int longest, int steady) {
        return new Plan(longest, steady, round, pause.dividedBy(2), round.dividedBy(2), rounds, repeats, streams, manyStreams, events);
    }

    static Plan quick() {
        return new Plan(1, 1, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(1), 1, 1, 100, 200, 10);
    }
}
