package dev.openaigateway.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When the upstream received the requests of the limited client. Thread-safe. */
final class Admissions {

    /** Tokens per minute of the limited client. */
    static final int LIMIT = 20_000;
    /** Tokens that each of its requests costs. */
    static final int BILLED = 100;
    /** A minute, less what the time from admission to the upstream may vary. */
    private static final long WINDOW_NANOS = Duration.ofSeconds(55).toNanos();

    private final List<Long> times = new ArrayList<>();

    synchronized void add() {
        times.add(System.nanoTime());
    }

    /** The most tokens admitted in any minute beyond the limit; 0 if the limit held. */
    synchronized long beyondLimit() {
        long most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) > WINDOW_NANOS) {
                first++;
            }
            most = Math.max(most, (long) (last - first + 1) * BILLED);
        }
        return Math.max(0, most - LIMIT);
    }

    synchronized int count() {
        return times.size();
    }
}
