package dev.openaigateway.routing;

import dev.openaigateway.config.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How an instance fares: its breaker, its bench, its last error. Outlives a reload of the settings. */
public final class Health {

    private static final Throwable FAILURE = new AttemptFailedException(new Outcome.Abandoned());

    private final CircuitBreaker breaker;
    private final BreakerSettings settings;
    private final InstantSource clock;
    private final AtomicLong benchedUntil = new AtomicLong();
    private final RetryBudget retryBudget;
    private final AtomicLong errors = new AtomicLong();
    private volatile long openedAt;
    private volatile String lastError;
    private volatile Instant lastUsed;
    private volatile long latencyNanos;
    private volatile boolean failsChecks;
    private volatile Refused refused = new Refused(0, 0);

    /** The latest request that found no room under the token limit. */
    private record Refused(long tokens, long untilMillis) {
    }

    public Health(CircuitBreaker breaker, BreakerSettings settings, InstantSource clock) {
        this.breaker = breaker;
        this.settings = settings;
        this.clock = clock;
        this.retryBudget = new RetryBudget(clock);
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openedAt = clock.millis();
            }
        });
    }

    public CircuitBreaker breaker() {
        return breaker;
    }

    /** Whether the breaker is one of these settings. */
    boolean isUnder(BreakerSettings others) {
        return settings.equals(others);
    }

    Availability availability() {
        if (failsChecks) {
            return Availability.FAILS_CHECKS;
        }
        long now = clock.millis();
        long bench = benchedUntil.get();
        if (bench > now) {
            return new Availability(Availability.State.BENCHED, Duration.ofMillis(bench - now));
        }
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            long left = openedAt + settings.openFor().toMillis() - now;
            if (left > 0) {
                return new Availability(Availability.State.BREAKER_OPEN, Duration.ofMillis(left));
            }
        }
        return Availability.READY;
    }

    /** Asks the breaker; whoever gets a permit owes exactly one of {@link #good}, {@link #bad} or {@link #release}. */
    public boolean tryAcquire() {
        lastUsed = clock.instant();
        return breaker.tryAcquirePermission();
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    public void good(long nanos) {
        retryBudget.succeeded();
        latencyNanos = latencyNanos == 0 ? nanos : latencyNanos + (nanos - latencyNanos) / 8;
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    public void bad(long nanos, String error) {
        fault(error);
        breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILURE);
    }

    void release() {
        breaker.releasePermission();
    }

    void fault(String error) {
        errors.incrementAndGet();
        lastError = error;
    }

    /** Leaves the instance alone for a while; a longer bench that runs already stays. */
    void bench(Duration wait) {
        long until = clock.millis() + wait.toMillis();
        benchedUntil.accumulateAndGet(until, Math::max);
    }

    /** Found no room for a request. A smaller one may still find it, so this keeps nobody away. */
    void refused(Outcome.NoRoom noRoom) {
        if (noRoom.busyFor() != null) {
            refused = new Refused(noRoom.tokens(), clock.millis() + noRoom.busyFor().toMillis());
        }
    }

    /** Forgets bench, breaker state, errors and a failed check. */
    public void reset() {
        benchedUntil.set(0);
        refused = new Refused(0, 0);
        errors.set(0);
        lastError = null;
        failsChecks = false;
        breaker.reset();
    }

    /** What a health check found: one that fails keeps the instance out until one succeeds. */
    public void checked(boolean good) {
        failsChecks = !good;
    }

    /** Whether the latest health check failed; false while none is made. */
    public boolean failsChecks() {
        return failsChecks;
    }

    /** Null while it is not benched. */
    public Instant benchedUntil() {
        long until = benchedUntil.get();
        return until > clock.millis() ? Instant.ofEpochMilli(until) : null;
    }

    /** When a request like the one that last found no room would find it; null if it would now. A limit of 0 is none. */
    public Instant fullUntil(long usedTokens, long limit) {
        Refused last = refused;
        boolean full = limit > 0 && last.untilMillis() > clock.millis() && usedTokens + last.tokens() > limit;
        return full ? Instant.ofEpochMilli(last.untilMillis()) : null;
    }

    /** A moving average of the time to a good answer's start; 0 while there was none. Updates may be lost: it is a hint. */
    public Duration latency() {
        return Duration.ofNanos(latencyNanos);
    }

    /** Share of the latest calls that failed, from 0 to 1; 0 while there were too few to tell. */
    public double failureShare() {
        return Math.max(0, breaker.getMetrics().getFailureRate()) / 100;
    }

    public long errors() {
        return errors.get();
    }

    /** Null while there was none. */
    public String lastError() {
        return lastError;
    }

    /** Null while it was never called. */
    public Instant lastUsed() {
        return lastUsed;
    }
}
