package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.Breaker.Permit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health of one deployment: of a model at one instance. Quotas, and most failures, are those of a deployment, so they say
 * nothing about the other models of the instance. Kept over a reload of the settings. Thread-safe.
 */
public final class DeploymentHealth {

    private final Breaker breaker;
    private final Bench bench;
    private final RetryBudget retryBudget;
    private final ErrorCount errors = new ErrorCount();
    private final BreakerSettings settings;
    private final InstantSource ticks;
    private final AtomicInteger repeats = new AtomicInteger();
    private final RepeatedRequests repeated;
    private volatile long repeatedAt;
    private volatile long usedAt = System.nanoTime();
    private volatile long latencyNanos;
    private volatile String refusesStreamOptions;

    DeploymentHealth(Breaker breaker, BreakerSettings settings, InstantSource ticks) {
        this.breaker = breaker;
        this.settings = settings;
        this.ticks = ticks;
        this.bench = new Bench(ticks);
        this.retryBudget = new RetryBudget(ticks);
        this.repeated = new RepeatedRequests(ticks);
    }

    /** Whether the deployment itself may be called; its instance may still be unavailable. */
    public Availability availability() {
        Availability benched = bench.now();
        if (benched != null) {
            return benched;
        }
        Duration open = breaker.openFor();
        return open == null ? Availability.READY : new Availability(State.BREAKER_OPEN, open);
    }

    Permit acquire(boolean anyway) {
        usedAt = System.nanoTime();
        return breaker.acquire(anyway);
    }

    /** The content of a response begins. Returns whether the breaker has counted it; it counts others when they have ended. */
    boolean responded(Permit permit, long nanos) {
        retryBudget.succeeded();
        repeats.setPlain(0);
        latencyNanos = latencyNanos == 0 ? nanos : latencyNanos + (nanos - latencyNanos) / 8;
        return breaker.responded(permit, nanos);
    }

    void ended(boolean counted, boolean whole, long nanos) {
        breaker.ended(counted, whole, nanos);
    }

    void failed(Permit permit, long nanos) {
        breaker.failed(permit, nanos);
    }

    void released(Permit permit) {
        breaker.released(permit);
    }

    /**
     * Records a failure that repeated at every other deployment that was called, so that it is no evidence against this one.
     *
     * @param request identifies what was requested
     * @param retry   whether the call was a retry; while everything is down, each such request adds load
     */
    void repeated(long request, boolean retry) {
        repeats.incrementAndGet();
        repeatedAt = ticks.millis();
        if (repeated.add(request, retry) && retry) {
            retryBudget.failed();
        }
    }

    /**
     * Whether only such failures have occurred for a while. Others are then called first, since the request may not be the cause.
     */
    public boolean isDoubtful() {
        return repeats.getPlain() >= settings.minimumCalls() && ticks.millis() - repeatedAt < settings.openFor().toMillis();
    }

    /** Whether the deployment may be called after another has failed. @param request identifies what is requested */
    public boolean allowsRetry(long request) {
        return retryBudget.allows() && repeated.allows(request);
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    void bench(Duration wait, State reason) {
        bench.extend(wait, reason);
    }

    void recordError(String error) {
        errors.add(error);
    }

    void reset() {
        bench.clear();
        errors.clear();
        repeats.set(0);
        repeated.clear();
        retryBudget.reset();
        refusesStreamOptions = null;
        breaker.reset();
    }

    /** Records that the upstream refuses {@code stream_options}. @param address identifies the settings that it was called with */
    public void refusesStreamOptions(String address) {
        refusesStreamOptions = address;
    }

    /** Whether the upstream at this address is known to refuse {@code stream_options}. */
    public boolean isRefusingStreamOptions(String address) {
        String known = refusesStreamOptions;
        return known != null && known.equals(address);
    }

    /** Such as {@code closed}. */
    public String breakerState() {
        return breaker.state().name().toLowerCase(Locale.ROOT);
    }

    /** A moving average of the time to the start of a response; 0 if there was none. A hint: concurrent updates may be lost. */
    public Duration latency() {
        return Duration.ofNanos(latencyNanos);
    }

    /** Share of the latest calls that failed, from 0 to 1; 0 if there were too few calls. */
    public double failureShare() {
        return breaker.failureShare();
    }

    public long errors() {
        return errors.count();
    }

    /** Null if there was none. */
    public String lastError() {
        return errors.latest();
    }

    /** On the clock of {@link System#nanoTime}. */
    long usedAt() {
        return usedAt;
    }
}
