package dev.openaigateway.routing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what retries add to the load of an instance that fails anyway. A retry that fails there runs up a debt of one
 * second, an answer pays one off, and time pays off the rest; above {@link #MOST} the instance gets no retries. A retry
 * that succeeds costs nothing, so that failover away from a dead instance is never held back. Thread-safe.
 */
final class RetryBudget {

    static final Duration MOST = Duration.ofSeconds(20);

    private static final long ONE_MILLIS = 1000;

    private final InstantSource clock;
    private final AtomicLong paidOffAt = new AtomicLong();

    RetryBudget(InstantSource clock) {
        this.clock = clock;
    }

    boolean allows() {
        return paidOffAt.get() - clock.millis() < MOST.toMillis();
    }

    void failed() {
        paidOffAt.accumulateAndGet(clock.millis(), (at, now) -> Math.max(at, now) + ONE_MILLIS);
    }

    void succeeded() {
        if (paidOffAt.get() > clock.millis()) {
            paidOffAt.addAndGet(-ONE_MILLIS);
        }
    }
}
