package dev.openaigateway.dashboard;

import java.util.Arrays;

/** Counts of the last minute, in intervals of five seconds. Thread-safe. */
final class MinuteCount {

    static final int INTERVAL_MILLIS = 5000;

    private static final int INTERVALS = 12;

    private final int[] calls = new int[INTERVALS];
    private final int[] failures = new int[INTERVALS];
    private long newest;

    /** The sums of the last minute. */
    record Sum(long calls, long failures) {

        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(calls + other.calls, failures + other.failures);
        }
    }

    synchronized void add(long millis, boolean failed) {
        int slot = advance(millis);
        calls[slot]++;
        failures[slot] += failed ? 1 : 0;
    }

    synchronized Sum sum(long millis) {
        advance(millis);
        return new Sum(Arrays.stream(calls).sum(), Arrays.stream(failures).sum());
    }

    private int advance(long millis) {
        long interval = Math.max(newest, Math.floorDiv(millis, (long) INTERVAL_MILLIS));
        for (long fresh = Math.max(newest + 1, interval - INTERVALS + 1); fresh <= interval; fresh++) {
            calls[slot(fresh)] = 0;
            failures[slot(fresh)] = 0;
        }
        newest = interval;
        return slot(interval);
    }

    private static int slot(long interval) {
        return Math.floorMod(interval, INTERVALS);
    }
}
