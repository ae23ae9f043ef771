package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The requests that failed at a deployment while no other instance was asked: the response broke off after its first content, or the attempts
 * or the time were used up. So nothing shows whether the deployment or the request is at fault. Each request counts once among the latest calls
 * of the breaker: one that is sent again and again cannot open it, while different requests do. Keeps at most as many as the breaker's window
 * has calls. Thread-safe.
 */
final class UncomparedFailures {

    /** @param call the number of calls that had counted when this one was counted */
    private record Failure(long call, long millis) {
    }

    private final BreakerSettings settings;
    private final InstantSource ticks;
    private final Map<Long, Failure> latest = new HashMap<>();
    private volatile long latestAt = Long.MIN_VALUE;

    UncomparedFailures(BreakerSettings settings, InstantSource ticks) {
        this.settings = settings;
        this.ticks = ticks;
    }

    /**
     * A request failed, and is counted if this returns true.
     *
     * @param request identifies what was requested
     * @param calls   as {@link Breaker#calls} has it
     * @return whether the breaker's window has no failure of this request
     */
    synchronized boolean add(long request, long calls) {
        latest.values().removeIf(counted -> calls - counted.call() >= settings.window());
        latestAt = ticks.millis();
        Failure counted = latest.get(request);
        latest.put(request, new Failure(counted == null ? calls : counted.call(), latestAt));
        return counted == null;
    }

    /**
     * Whether this request failed within the breaker's open time.
     *
     * @param request asked only if any did
     */
    boolean hasRecent(LongSupplier request) {
        return isRecent(latestAt) && isRecent(failedAt(request.getAsLong()));
    }

    private synchronized long failedAt(long request) {
        Failure counted = latest.get(request);
        return counted == null ? Long.MIN_VALUE : counted.millis();
    }

    private boolean isRecent(long millis) {
        return millis > ticks.millis() - settings.openFor().toMillis();
    }

    synchronized void clear() {
        latest.clear();
        latestAt = Long.MIN_VALUE;
    }
}
