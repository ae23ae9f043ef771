package dev.openaigateway.health;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the load that retries add to a failing deployment. A failed retry adds a debt of one second, a response subtracts
 * one, and the debt also decays in real time; from {@link #MAX_DEBT} on it gets no retries. A successful retry
 * adds nothing, so failover from a failed instance to one that works is not limited. Thread-safe.
 */
final class RetryBudget {

    static final Duration MAX_DEBT = Duration.ofSeconds(20);

    private static final long ONE_MILLIS = 1000;

    private final InstantSource clock;
    private final AtomicLong paidOffAt = new AtomicLong();

    RetryBudget(InstantSource clock) {
        this.clock = clock;
    }

    boolean allows() {
        return paidOffAt.get() - clock.millis() < MAX_DEBT.toMillis();
    }

    void failed() {
        paidOffAt.accumulateAndGet(clock.millis(), (at, now) -> Math.max(at, now) + ONE_MILLIS);
    }

    void reset() {
        paidOffAt.set(0);
    }

    void succeeded() {
        if (paidOffAt.get() > clock.millis()) {
            paidOffAt.addAndGet(-ONE_MILLIS);
        }
    }
}
