package dev.openaigateway.warmup;

import java.util.Arrays;

/** Whether the latest calls were as fast as those of compiled code. Thread-safe. */
final class Pace {

    private static final int LATEST = 50;

    private final long fastNanos;
    private final long[] latest = new long[LATEST];
    private int calls;

    /** @param fastNanos the highest median of fast calls */
    Pace(long fastNanos) {
        this.fastNanos = fastNanos;
    }

    synchronized void took(long nanos) {
        latest[calls++ % LATEST] = nanos;
    }

    synchronized int calls() {
        return calls;
    }

    /** False until enough calls have been made. */
    synchronized boolean isFast() {
        return calls >= LATEST && median() <= fastNanos;
    }

    private long median() {
        long[] sorted = latest.clone();
        Arrays.sort(sorted);
        return sorted[LATEST / 2];
    }
}
