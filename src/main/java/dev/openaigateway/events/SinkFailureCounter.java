package dev.openaigateway.events;

import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events that a sink did not accept, and logs one warning per route and minute, with the failures of that route. Logs only
 * the type of the error, since its message may contain a secret address. Thread-safe.
 */
public final class SinkFailureCounter implements Processor {

    private static final Logger LOG = GatewayLog.LOG;
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final Map<String, LongAdder> failedByRoute = new ConcurrentHashMap<>();
    private final OncePerPeriod warnings;

    public SinkFailureCounter(InstantSource clock) {
        this.warnings = new OncePerPeriod(WARNING_PERIOD, clock);
    }

    /** Events of all sinks. The meter has no label, because a copy of the shipped alert adds it to a counter without labels. */
    public long failed() {
        return failedByRoute.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public void process(Exchange exchange) {
        String route = exchange.getFromRouteId();
        LongAdder failed = failedByRoute.computeIfAbsent(route, any -> new LongAdder());
        failed.increment();
        if (warnings.admits(route)) {
            Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            LOG.warn("Route '{}' could not deliver an event ({}); {} of its events failed so far", route,
                    thrown == null ? "unknown" : thrown.getClass().getSimpleName(), failed.sum());
        }
    }
}
