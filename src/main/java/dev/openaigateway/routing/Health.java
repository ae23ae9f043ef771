package dev.openaigateway.routing;

import dev.openaigateway.config.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The health of an instance: breaker, bench and last error. Kept over a reload of the settings. Thread-safe. */
public final class Health {

    private static final Throwable FAILURE = new AttemptFailedException(new Outcome.Abandoned());

    private final CircuitBreaker breaker;
    private final BreakerSettings settings;
    private final InstantSource clock;
    private volatile Bench bench = Bench.NONE;
    private final RetryBudget retryBudget;
    private final AtomicLong errors = new AtomicLong();
    private volatile long openedAt;
    private volatile String lastError;
    private volatile Instant lastUsed;
    private volatile long latencyNanos;
    private volatile boolean failsChecks;
    private volatile NoRoom noRoom = new NoRoom(0, 0);

    /** @param model the only model whose limit was the cause; null if it concerns the whole instance */
    private record Bench(long untilMillis, String model) {

        static final Bench NONE = new Bench(0, null);
    }

    /** The latest request that found no room under the token limit. */
    private record NoRoom(long tokens, long untilMillis) {
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

    /** Whether the breaker was created with these settings. */
    boolean hasSettings(BreakerSettings others) {
        return settings.equals(others);
    }

    /** @param model ignores a bench that only another model earned; null ignores none */
    Availability availability(String model) {
        if (failsChecks) {
            return Availability.FAILS_CHECKS;
        }
        long now = clock.millis();
        Bench latest = bench;
        boolean ofOtherModel = model != null && latest.model() != null && !latest.model().equals(model);
        if (latest.untilMillis() > now && !ofOtherModel) {
            return new Availability(Availability.State.BENCHED, Duration.ofMillis(latest.untilMillis() - now));
        }
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            long left = openedAt + settings.openFor().toMillis() - now;
            if (left > 0) {
                return new Availability(Availability.State.BREAKER_OPEN, Duration.ofMillis(left));
            }
        }
        return Availability.READY;
    }

    /**
     * Requests a permit from the breaker. After true, the caller must call exactly one of {@link #recordSuccess},
     * {@link #recordFailure} or {@link #release}.
     */
    public boolean tryAcquire() {
        lastUsed = clock.instant();
        return breaker.tryAcquirePermission();
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    /** @param nanos time to the start of the response */
    public void recordSuccess(long nanos) {
        retryBudget.succeeded();
        latencyNanos = latencyNanos == 0 ? nanos : latencyNanos + (nanos - latencyNanos) / 8;
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param nanos duration of the attempt */
    public void recordFailure(long nanos, String error) {
        recordError(error);
        breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILURE);
    }

    /** Returns the permit without a verdict. */
    void release() {
        breaker.releasePermission();
    }

    /** Counts an error that the breaker does not. */
    void recordError(String error) {
        errors.incrementAndGet();
        lastError = error;
    }

    /**
     * Benches the instance. Never shortens a current bench.
     *
     * @param model the model whose limit is the cause; null if the cause concerns the whole instance
     */
    synchronized void bench(Duration wait, String model) {
        long now = clock.millis();
        Bench current = bench;
        boolean same = current.untilMillis() <= now || Objects.equals(current.model(), model);
        bench = new Bench(Math.max(current.untilMillis(), now + wait.toMillis()), same ? model : null);
    }

    /** Records that a request did not fit the token limit. The instance stays available, since a smaller request may fit. */
    void recordNoRoom(Outcome.NoRoom outcome) {
        if (outcome.busyFor() != null) {
            noRoom = new NoRoom(outcome.tokens(), clock.millis() + outcome.busyFor().toMillis());
        }
    }

    /** Clears the bench, the breaker, the errors and a failed health check. */
    public void reset() {
        bench = Bench.NONE;
        noRoom = new NoRoom(0, 0);
        errors.set(0);
        lastError = null;
        failsChecks = false;
        breaker.reset();
    }

    /** Records a health check. After a failed one the instance is unavailable until one succeeds. */
    public void checked(boolean healthy) {
        failsChecks = !healthy;
    }

    /** Whether the latest health check failed; false if there was none. */
    public boolean failsChecks() {
        return failsChecks;
    }

    /** Null if the instance is not benched. */
    public Instant benchedUntil() {
        long until = bench.untilMillis();
        return until > clock.millis() ? Instant.ofEpochMilli(until) : null;
    }

    /**
     * The time at which the last request without room would fit.
     *
     * @param limit tokens per minute; 0 for no limit
     * @return null if it would fit now
     */
    public Instant fullUntil(long usedTokens, long limit) {
        NoRoom last = noRoom;
        boolean full = limit > 0 && last.untilMillis() > clock.millis() && usedTokens + last.tokens() > limit;
        return full ? Instant.ofEpochMilli(last.untilMillis()) : null;
    }

    /** Whether a request found no room under the token limit, and would find none now. */
    public boolean isShortOfRoom() {
        return noRoom.untilMillis() > clock.millis();
    }

    /** A moving average of the time to the start of a response; 0 if there was none. A hint: concurrent updates may be lost. */
    public Duration latency() {
        return Duration.ofNanos(latencyNanos);
    }

    /** Share of the latest calls that failed, from 0 to 1; 0 if there were too few calls. */
    public double failureShare() {
        return Math.max(0, breaker.getMetrics().getFailureRate()) / 100;
    }

    public long errors() {
        return errors.get();
    }

    /** Null if there was none. */
    public String lastError() {
        return lastError;
    }

    /** Null if the instance was never called. */
    public Instant lastUsed() {
        return lastUsed;
    }
}
