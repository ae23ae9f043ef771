package dev.openaigateway.dashboard;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A document that all viewers share. It is made on request, at most once a second, and less often if it takes long to make: at most
 * a tenth of one thread is spent on it. Thread-safe.
 *
 * @param <T> its type, immutable
 */
final class CachedDocument<T> {

    private static final long FRESH_MILLIS = 1000;
    private static final int SHARE_OF_TIME = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Made<T>(T document, long untilMillis) {
    }

    private final Supplier<T> maker;
    private final InstantSource ticks;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Made<T> latest;

    /** @param ticks a clock that is never set */
    CachedDocument(Supplier<T> maker, InstantSource ticks) {
        this.maker = maker;
        this.ticks = ticks;
    }

    /** Makes a new document for the next viewer. */
    void expire() {
        latest = null;
    }

    T get() {
        Made<T> known = latest;
        if (known != null && (ticks.millis() < known.untilMillis() || lock.isLocked())) {
            return known.document();
        }
        lock.lock();
        try {
            known = latest;
            if (known == null || ticks.millis() >= known.untilMillis()) {
                long begin = System.nanoTime();
                T document = maker.get();
                long took = (System.nanoTime() - begin) / NANOS_PER_MILLI;
                known = new Made<>(document, ticks.millis() + Math.max(FRESH_MILLIS, took * SHARE_OF_TIME));
                latest = known;
            }
            return known.document();
        } finally {
            lock.unlock();
        }
    }
}
