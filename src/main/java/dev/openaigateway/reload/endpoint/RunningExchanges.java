package dev.openaigateway.reload.endpoint;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the exchanges that a route processes at the moment. Thread-safe. */
public final class RunningExchanges {

    private final AtomicInteger count = new AtomicInteger();

    public int count() {
        return count.get();
    }

    /** Counts the exchange from now until the route is done with it. */
    public boolean process(AsyncProcessor route, Exchange exchange, AsyncCallback callback) {
        count.incrementAndGet();
        return route.process(exchange, doneSync -> {
            count.decrementAndGet();
            callback.done(doneSync);
        });
    }
}
