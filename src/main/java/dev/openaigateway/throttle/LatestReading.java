package dev.openaigateway.throttle;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What was last read of the windows on Redis. For routing, a reading up to one second old is enough. An older one is refreshed in the
 * background: no request waits for Redis, or fails with it, to choose an instance. Thread-safe.
 */
final class LatestReading {

    private static final long FRESH_MILLIS = 1000;
    /** By then, all that a reading counted has left the windows. */
    private static final long STALE_MILLIS = 61_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private record Reading(long millis, Map<String, Long> used) {
    }

    private final Supplier<Map<String, Long>> source;
    private final Executor threads;
    private final InstantSource clock;
    private final AtomicLong lastTried = new AtomicLong(NEVER);
    private volatile Reading latest = new Reading(NEVER, Map.of());

    /** @param source asked on one of the threads, at most once a second; one that fails leaves the reading before it */
    LatestReading(Supplier<Map<String, Long>> source, Executor threads, InstantSource clock) {
        this.source = source;
        this.threads = threads;
        this.clock = clock;
    }

    /** By scope; empty if the latest reading is too old to tell anything. */
    Map<String, Long> get() {
        long now = clock.millis();
        long tried = lastTried.get();
        if (now - tried >= FRESH_MILLIS && lastTried.compareAndSet(tried, now)) {
            threads.execute(() -> latest = new Reading(now, source.get()));
        }
        Reading known = latest;
        return now - known.millis() >= STALE_MILLIS ? Map.of() : known.used();
    }
}
