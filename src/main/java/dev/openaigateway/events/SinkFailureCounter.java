package dev.openaigateway.events;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events that a sink did not accept, and logs one warning per sink and minute. Logs the kind of the error
 * only, since its message may contain a secret address.
 */
public final class SinkFailureCounter implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final LongAdder failed = new LongAdder();
    private final Map<String, Instant> warned = new ConcurrentHashMap<>();

    public SinkFailureCounter(InstantSource clock) {
        this.clock = clock;
    }

    public long failed() {
        return failed.sum();
    }

    @Override
    public void process(Exchange exchange) {
        failed.increment();
        Instant now = clock.instant();
        String route = exchange.getFromRouteId();
        Instant last = warned.get(route);
        if (last == null || now.isAfter(last.plus(QUIET))) {
            warned.put(route, now);
            Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            LOG.warn("Route '{}' could not deliver an event ({}); {} failed so far", route,
                    thrown == null ? "unknown" : thrown.getClass().getSimpleName(), failed());
        }
    }
}
