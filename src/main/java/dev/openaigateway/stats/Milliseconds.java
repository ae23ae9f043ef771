package dev.openaigateway.stats;

import java.time.Duration;

/** Durations in milliseconds, rounded to one decimal. */
final class Milliseconds {

    private Milliseconds() {
    }

    static double of(Duration duration) {
        return ofMicros(duration.toNanos() / 1_000);
    }

    static double ofMicros(double micros) {
        return Math.round(micros / 100) / 10.0;
    }
}
