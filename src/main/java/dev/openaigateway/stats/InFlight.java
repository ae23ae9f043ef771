package dev.openaigateway.stats;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gauges of what is running: requests in the gateway, and attempts at each instance. Whoever says that something
 * started says once that it finished. Thread-safe.
 */
public final class InFlight {

    private final MeterRegistry registry;
    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> attempts = new ConcurrentHashMap<>();

    public InFlight(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("gateway.requests.in_flight", requests, LongAdder::sum)
                .description("Requests that the gateway is working on")
                .register(registry);
    }

    public void requestStarted() {
        requests.increment();
    }

    public void requestFinished() {
        requests.decrement();
    }

    public void attemptStarted(String instance) {
        attemptsAt(instance).increment();
    }

    public void attemptFinished(String instance) {
        attemptsAt(instance).decrement();
    }

    /** Requests that the gateway is working on now. */
    public long requests() {
        return requests.sum();
    }

    /** Attempts that the instance is working on now. */
    public long attempts(String instance) {
        LongAdder running = attempts.get(instance);
        return running == null ? 0 : running.sum();
    }

    private LongAdder attemptsAt(String instance) {
        LongAdder running = attempts.get(instance);
        return running != null ? running : attempts.computeIfAbsent(instance, this::register);
    }

    private LongAdder register(String instance) {
        LongAdder running = new LongAdder();
        Gauge.builder("gateway.attempts.in_flight", running, LongAdder::sum)
                .description("Attempts that an instance is working on")
                .tag("gateway.instance", instance)
                .register(registry);
        return running;
    }
}
