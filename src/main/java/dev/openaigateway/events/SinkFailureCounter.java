package dev.openaigateway.events;

import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.slf4j.Logger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events that a sink did not accept, and logs one warning per route and minute, with the failures of that route. Logs only
 * the type of the error, since its message may contain a secret address. Thread-safe.
 */
public final class SinkFailureCounter implements Processor {

    private static final Logger LOG = GatewayLog.LOG;
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);
    private static final String UNKNOWN = "unknown";
    /** The exchange property with the failure that was counted last. */
    private static final String COUNTED = "countedFailure";

    private final Map<String, LongAdder> failedByRoute = new ConcurrentHashMap<>();
    private final OncePerPeriod warnings;

    public SinkFailureCounter(InstantSource clock) {
        this.warnings = new OncePerPeriod(WARNING_PERIOD, clock);
    }

    /** Events of all sinks. The meter has no label, because a copy of the shipped alert adds it to a counter without labels. */
    public long failed() {
        return failedByRoute.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Counts all events of a group, and none a second time if the failure goes on to another handler. */
    @Override
    public void process(Exchange exchange) {
        Throwable thrown = thrown(exchange);
        if (thrown != null && exchange.getProperty(COUNTED) == thrown) {
            return;
        }
        exchange.setProperty(COUNTED, thrown);
        String route = Objects.requireNonNullElse(exchange.getFromRouteId(), UNKNOWN);
        LongAdder failed = failedByRoute.computeIfAbsent(route, any -> new LongAdder());
        failed.add(Math.max(1, exchange.getProperty(ExchangePropertyKey.AGGREGATED_SIZE, 1, Integer.class)));
        if (warnings.admits(route)) {
            LOG.warn("Route '{}' could not deliver an event ({}); {} of its events failed so far", route,
                    thrown == null ? UNKNOWN : thrown.getClass().getSimpleName(), failed.sum());
        }
    }

    private static Throwable thrown(Exchange exchange) {
        return exchange.getException() == null ? exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class) : exchange.getException();
    }
}
