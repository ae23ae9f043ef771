package dev.openaigateway.explain;

import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.service.ServiceHelper;

import java.util.concurrent.atomic.AtomicInteger;

/** The dry runs in progress. Thread-safe. */
public final class DryRuns {

    /** Read by each step of each request, so that requests need not look for an explanation while there is no dry run. */
    private final AtomicInteger running = new AtomicInteger();

    /**
     * Sends the exchange through an endpoint's routes. The steps record what they do, and call nothing outside.
     *
     * @param uri of the endpoint, such as {@code direct:routing}
     * @throws Exception if there is no such endpoint; failures of the steps are on the exchange
     */
    public void run(Exchange exchange, Explanation explanation, String uri) throws Exception {
        Explanation.attach(exchange, explanation);
        running.incrementAndGet();
        try {
            send(exchange, uri);
        } finally {
            running.decrementAndGet();
        }
    }

    /** Null if the exchange is not a dry run. */
    Explanation of(Exchange exchange) {
        return running.get() == 0 ? null : Explanation.find(exchange);
    }

    static void send(Exchange exchange, String uri) throws Exception {
        Producer producer = exchange.getContext().getEndpoint(uri).createProducer();
        ServiceHelper.startService(producer);
        try {
            producer.process(exchange);
        } finally {
            ServiceHelper.stopService(producer);
        }
    }
}
