package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.Breaker.Permit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

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
    private final AtomicInteger sharedFailures = new AtomicInteger();
    private final RepeatedRequests failedEverywhere;
    private final UncomparedFailures uncompared;
    private volatile long lastSharedFailureMillis;
    private volatile long lastUsedNanos = System.nanoTime();
    private volatile long latencyNanos;
    private volatile String streamOptionsRefusedBy;

    DeploymentHealth(Breaker breaker, BreakerSettings settings, InstantSource ticks, Outages outages) {
        this.breaker = breaker;
        this.settings = settings;
        this.ticks = ticks;
        this.bench = new Bench(ticks, outages);
        this.retryBudget = new RetryBudget(ticks);
        this.failedEverywhere = new RepeatedRequests(ticks);
        this.uncompared = new UncomparedFailures(settings, ticks);
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

    Permit acquire(IfOpen ifOpen) {
        lastUsedNanos = System.nanoTime();
        return breaker.acquire(ifOpen);
    }

    /** The content of a response begins. Returns whether the breaker has counted it; if not, it counts the end of the response. */
    boolean responded(Permit permit, long nanos) {
        retryBudget.succeeded();
        sharedFailures.set(0);
        latencyNanos = latencyNanos == 0 ? nanos : latencyNanos + (nanos - latencyNanos) / 8;
        return breaker.responded(permit, nanos);
    }

    /** The content of a response begins, and its end will show whether it counts: until then it holds back no other request that tests the deployment. */
    void respondedUncounted(Permit permit) {
        retryBudget.succeeded();
        sharedFailures.set(0);
        breaker.released(permit);
    }

    /**
     * A response has ended whole.
     *
     * @param counted whether its beginning has counted
     */
    void ended(boolean counted, long nanos) {
        if (!counted) {
            breaker.succeeded(Permit.CALL, nanos);
        }
    }

    /**
     * A response broke off after its first content. If its beginning has counted as a success, this counts as a failure for equal requests too;
     * otherwise they would close a breaker that is being tested.
     *
     * @param counted whether its beginning has counted
     * @param request identifies what was requested
     */
    void brokeOff(boolean counted, long request, long nanos) {
        boolean isNew = uncompared.add(request, breaker.calls());
        if (isNew || counted) {
            breaker.failed(Permit.CALL, nanos);
        }
    }

    /** @param request as {@link Permission#deploymentFailed} has it */
    void failed(Permit permit, long nanos, LongSupplier request) {
        if (request == null || permit == Permit.PROBE || uncompared.add(request.getAsLong(), breaker.calls())) {
            breaker.failed(permit, nanos);
        } else {
            breaker.released(permit);
        }
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
        sharedFailures.incrementAndGet();
        lastSharedFailureMillis = ticks.millis();
        if (failedEverywhere.add(request, retry) && retry) {
            retryBudget.failed();
        }
    }

    /**
     * Whether other deployments are called first: if the latest calls here all had failures that repeated elsewhere, or if an equal request
     * has failed here while no other instance was asked.
     *
     * @param request identifies what is requested; asked only if it is needed
     */
    public boolean isDoubtful(LongSupplier request) {
        return uncompared.hasRecent(request) || sharedFailures.get() >= settings.minimumCalls() && ticks.millis() - lastSharedFailureMillis < settings.openFor().toMillis();
    }

    /**
     * Whether an equal request has failed here a short time ago, while no other instance was asked.
     *
     * @param request identifies it; asked only if it is needed
     */
    public boolean hasFailedFor(LongSupplier request) {
        return uncompared.hasRecent(request);
    }

    /** Whether the breaker is not closed, so that the calls that it admits are tests. */
    public boolean isTested() {
        return !breaker.isClosed();
    }

    /**
     * Whether the deployment may be called after another has failed.
     *
     * @param request identifies what is requested
     */
    public boolean allowsRetry(long request) {
        return retryBudget.allows() && failedEverywhere.allows(request);
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
        sharedFailures.set(0);
        failedEverywhere.clear();
        uncompared.clear();
        retryBudget.reset();
        streamOptionsRefusedBy = null;
        breaker.reset();
    }

    /**
     * Records that the upstream refuses {@code stream_options}.
     *
     * @param address identifies the settings that it was called with
     */
    public void markStreamOptionsRefused(String address) {
        streamOptionsRefusedBy = address;
    }

    /** Whether the upstream at this address is known to refuse {@code stream_options}. */
    public boolean isRefusingStreamOptions(String address) {
        String known = streamOptionsRefusedBy;
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
    long lastUsedNanos() {
        return lastUsedNanos;
    }
}
