package dev.openaigateway.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Admits each subject at most once per period. Keeps the {@value #MOST_SUBJECTS} subjects admitted last: with more of them, the
 * oldest is forgotten, so that it may be admitted again early and none is silenced. Thread-safe.
 */
final class OncePerPeriod {

    private static final int MOST_SUBJECTS = 1_000;

    private final long periodMillis;
    private final InstantSource clock;
    private final Map<String, Long> last = new LinkedHashMap<>();

    OncePerPeriod(Duration period, InstantSource clock) {
        this.periodMillis = period.toMillis();
        this.clock = clock;
    }

    /** True for one caller per subject and period. */
    synchronized boolean admits(String subject) {
        long now = clock.millis();
        Long before = last.get(subject);
        if (before != null && now - before <= periodMillis) {
            return false;
        }
        last.remove(subject);
        last.put(subject, now);
        if (last.size() > MOST_SUBJECTS) {
            Iterator<String> oldest = last.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }
}
