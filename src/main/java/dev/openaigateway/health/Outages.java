package dev.openaigateway.health;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often an instance or a deployment of the gateway became unavailable. While the count stays the same, what was available is still
 * available. Thread-safe.
 */
public final class Outages {

    private final AtomicLong count = new AtomicLong();

    /** Called when {@link Health#availability} shows the outage already. */
    void began() {
        count.incrementAndGet();
    }

    /** Read it before the instances are asked: an outage that begins meanwhile changes it. */
    public long count() {
        return count.get();
    }
}
