package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A breaker that can permit a call although it is open: if no other instance is left, a probe is better than a refusal.
 * At most {@code breaker.probes} such calls run at once. Thread-safe.
 */
final class Breaker {

    /** The permit of a call; exactly one of success, failure and release ends it. */
    enum Permit { REFUSED, CALL, PROBE }

    private static final class CallFailed extends RuntimeException {

        CallFailed() {
            super("failed", null, false, false);
        }
    }

    private static final Throwable FAILURE = new CallFailed();

    private final CircuitBreaker breaker;
    private final BreakerSettings settings;
    private final InstantSource ticks;
    private final AtomicInteger probes = new AtomicInteger();
    private final LongAdder calls = new LongAdder();
    private volatile long openedAt;

    Breaker(CircuitBreaker breaker, BreakerSettings settings, InstantSource ticks, Outages outages) {
        this.breaker = breaker;
        this.settings = settings;
        this.ticks = ticks;
        breaker.getEventPublisher().onStateTransition(event -> {
            calls.add(settings.window());
            if (event.getStateTransition().getToState() == State.OPEN) {
                openedAt = ticks.millis();
                outages.began();
            }
        });
    }

    State state() {
        return breaker.getState();
    }

    boolean isClosed() {
        return state() == State.CLOSED;
    }

    /** Time until the breaker admits a probe; null if it may admit a call now. */
    Duration openFor() {
        if (breaker.getState() != State.OPEN) {
            return null;
        }
        long left = openedAt + settings.openFor().toMillis() - ticks.millis();
        return left > 0 ? Duration.ofMillis(left) : null;
    }

    Permit acquire(IfOpen ifOpen) {
        if (breaker.tryAcquirePermission()) {
            return Permit.CALL;
        }
        return ifOpen == IfOpen.PROBE ? acquireProbe() : Permit.REFUSED;
    }

    private Permit acquireProbe() {
        if (probes.incrementAndGet() <= settings.probes()) {
            return Permit.PROBE;
        }
        probes.decrementAndGet();
        return Permit.REFUSED;
    }

    /** A probe that succeeds while the breaker is open half-opens it, and counts as its first success. */
    void succeeded(Permit permit, long nanos) {
        if (permit == Permit.PROBE) {
            probes.decrementAndGet();
            if (breaker.getState() == State.OPEN) {
                halfOpen();
            }
            if (!breaker.tryAcquirePermission()) {
                return;
            }
        }
        calls.increment();
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** Two probes may succeed at once. */
    private synchronized void halfOpen() {
        if (breaker.getState() == State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
    }

    /**
     * A response begins. If the breaker is not closed, this counts as a success, so that a probe does not take as long as a stream. Returns
     * whether it has counted; if not, the caller counts the end.
     */
    boolean responded(Permit permit, long nanos) {
        boolean counts = permit == Permit.PROBE || breaker.getState() != State.CLOSED;
        if (counts) {
            succeeded(permit, nanos);
        }
        return counts;
    }

    /**
     * How many calls have counted so far, as a success or as a failure. Each change of the state adds the length of the window, since it empties
     * the window as so many further calls would.
     */
    long calls() {
        return calls.sum();
    }

    void failed(Permit permit, long nanos) {
        if (permit == Permit.PROBE) {
            probes.decrementAndGet();
        } else {
            calls.increment();
            breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILURE);
        }
    }

    /** Ends a call that counts neither as a success nor as a failure. */
    void released(Permit permit) {
        if (permit == Permit.PROBE) {
            probes.decrementAndGet();
        } else {
            breaker.releasePermission();
        }
    }

    /** From 0 to 1; 0 if there were too few calls. */
    double failureShare() {
        return Math.max(0, breaker.getMetrics().getFailureRate()) / 100;
    }

    void reset() {
        breaker.reset();
    }
}
