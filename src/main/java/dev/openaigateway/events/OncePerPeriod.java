package dev.openaigateway.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets each subject through once, and again when more than a period has passed since. Thread-safe. */
final class OncePerPeriod {

    private final long periodMillis;
    private final InstantSource clock;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    OncePerPeriod(Duration period, InstantSource clock) {
        this.periodMillis = period.toMillis();
        this.clock = clock;
    }

    /** True for one caller per subject and period. */
    boolean admits(String subject) {
        long now = clock.millis();
        Long before = last.putIfAbsent(subject, now);
        return before == null || now - before > periodMillis && last.replace(subject, before, now);
    }
}
