package dev.openaigateway.routing.policy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long instances take to the first content of a response: a moving average for each instance and model, for streams and
 * whole responses apart. An average counts for less the older it is, so a slow instance is tried again after a while.
 * Keeps the {@value #MAX_ENTRIES} most recently used averages. Thread-safe.
 */
final class ContentTimes {

    /** Time in which an average that gets no new times falls to half. */
    static final Duration HALF_LIFE = Duration.ofMinutes(1);

    private static final int MAX_ENTRIES = 10_000;
    /** The time over which new values replace old ones. */
    private static final double MEMORY_MILLIS = 20_000;

    private record Key(String instance, int model, boolean stream) {
    }

    private record Average(double nanos, long atMillis) {
    }

    private final InstantSource clock;
    private final Map<Key, Average> averages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Average> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    ContentTimes(InstantSource clock) {
        this.clock = clock;
    }

    /** Weighs a value by the time since the one before it: after a long time it replaces the average, soon after it changes it a little. */
    synchronized void record(String instance, String model, boolean stream, Duration time) {
        long now = clock.millis();
        averages.merge(new Key(instance, model.hashCode(), stream), new Average(time.toNanos(), now), (before, latest) -> {
            double kept = Math.min(0.875, Math.exp((before.atMillis() - now) / MEMORY_MILLIS));
            return new Average(before.nanos() * kept + latest.nanos() * (1 - kept), now);
        });
    }

    /** The expected time in nanoseconds; 0 if there is no measurement. */
    synchronized double expected(String instance, String model, boolean stream) {
        Average average = averages.get(new Key(instance, model.hashCode(), stream));
        return average == null ? 0
                : average.nanos() * Math.pow(0.5, (double) (clock.millis() - average.atMillis()) / HALF_LIFE.toMillis());
    }
}
