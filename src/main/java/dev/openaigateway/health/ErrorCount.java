package dev.openaigateway.health;

import java.util.concurrent.atomic.AtomicLong;

/** Counts errors and keeps the latest one. Thread-safe. */
final class ErrorCount {

    private final AtomicLong count = new AtomicLong();
    private volatile String latest;

    void add(String error) {
        count.incrementAndGet();
        latest = error;
    }

    long count() {
        return count.get();
    }

    /** Null if there was none. */
    String latest() {
        return latest;
    }

    void clear() {
        count.set(0);
        latest = null;
    }
}
