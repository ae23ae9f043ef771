package dev.openaigateway.events;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events that a sink did not accept, and logs one warning per sink and minute. Logs the kind of the error
 * only, since its message may contain a secret address.
 */
public final class SinkFailureCounter implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final LongAdder failed = new LongAdder();
    private final OncePerPeriod warnings;

    public SinkFailureCounter(InstantSource clock) {
        this.warnings = new OncePerPeriod(QUIET, clock);
    }

    public long failed() {
        return failed.sum();
    }

    @Override
    public void process(Exchange exchange) {
        failed.increment();
        String route = exchange.getFromRouteId();
        if (warnings.admits(route)) {
            Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            LOG.warn("Route '{}' could not deliver an event ({}); {} failed so far", route,
                    thrown == null ? "unknown" : thrown.getClass().getSimpleName(), failed());
        }
    }
}
