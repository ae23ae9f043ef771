package dev.openaigateway.routing;

import dev.openaigateway.config.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How an instance fares: its breaker, its bench, its last error. Outlives a reload of the settings. */
public final class Health {

    private static final Throwable FAILURE = new AttemptFailedException(new Outcome.Abandoned());

    private final CircuitBreaker breaker;
    private final Duration openFor;
    private final InstantSource clock;
    private final AtomicLong benchedUntil = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile long openedAt;
    private volatile String lastError;
    private volatile Instant lastUsed;

    Health(String name, BreakerSettings settings, InstantSource clock) {
        this.clock = clock;
        this.openFor = settings.openFor();
        this.breaker = CircuitBreaker.of(name, CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failureRate())
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .currentTimestampFunction(any -> clock.millis(), TimeUnit.MILLISECONDS)
                .clock(java.time.Clock.tick(asClock(clock), Duration.ofMillis(1)))
                .writableStackTraceEnabled(false)
                .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openedAt = clock.millis();
            }
        });
    }

    public CircuitBreaker breaker() {
        return breaker;
    }

    Standing standing() {
        long now = clock.millis();
        long bench = benchedUntil.get();
        if (bench > now) {
            return new Standing(Standing.State.BENCHED, Duration.ofMillis(bench - now));
        }
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            long left = openedAt + openFor.toMillis() - now;
            if (left > 0) {
                return new Standing(Standing.State.BREAKER_OPEN, Duration.ofMillis(left));
            }
        }
        return Standing.READY;
    }

    /** Asks the breaker; whoever gets a permit owes exactly one of {@link #good}, {@link #bad} or {@link #release}. */
    boolean tryAcquire() {
        lastUsed = clock.instant();
        return breaker.tryAcquirePermission();
    }

    void good(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void bad(long nanos, String error) {
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

    /** Forgets bench, breaker state and errors. */
    public void reset() {
        benchedUntil.set(0);
        errors.set(0);
        lastError = null;
        breaker.reset();
    }

    /** Null while it is not benched. */
    public Instant benchedUntil() {
        long until = benchedUntil.get();
        return until > clock.millis() ? Instant.ofEpochMilli(until) : null;
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

    private static java.time.Clock asClock(InstantSource source) {
        return source.withZone(java.time.ZoneOffset.UTC);
    }
}
