package dev.openaigateway.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Admits each subject at most once per period, and a bounded number of subjects. Thread-safe. */
final class OncePerPeriod {

    private static final int MOST_SUBJECTS = 1_000;

    private final long periodMillis;
    private final InstantSource clock;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    OncePerPeriod(Duration period, InstantSource clock) {
        this.periodMillis = period.toMillis();
        this.clock = clock;
    }

    /** True for one caller per subject and period. False for a new subject while there are too many. */
    boolean admits(String subject) {
        long now = clock.millis();
        if (last.size() >= MOST_SUBJECTS) {
            last.values().removeIf(time -> now - time > periodMillis);
        }
        if (last.size() >= MOST_SUBJECTS && !last.containsKey(subject)) {
            return false;
        }
        Long before = last.putIfAbsent(subject, now);
        return before == null || now - before > periodMillis && last.replace(subject, before, now);
    }
}
