package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.service.ServiceHelper;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Hands usage records and alerts to the routes that decide what becomes of them. A slow route never slows a request:
 * what does not fit into the queue is dropped and counted.
 */
public final class Events implements AutoCloseable {

    /** The exchange property with the event itself; the body is a map of its fields. */
    static final String EVENT = "event";

    private static final int CAPACITY = 10_000;

    private final CamelContext context;
    private final EventQueue<UsageRecord> usage;
    private final EventQueue<Alert> alerts;
    private final InstantSource clock;
    private final CountDownLatch routesRun = new CountDownLatch(1);
    private final Map<String, Producer> routes = new ConcurrentHashMap<>();

    public Events(CamelContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
        this.usage = new EventQueue<>("usage", CAPACITY, record -> send("direct:usage", record, new EventFields(record::fields)), clock);
        this.alerts = new EventQueue<>("alerts", CAPACITY, alert -> send("direct:alert", alert, new EventFields(alert::fields)), clock);
    }

    void used(UsageRecord record) {
        usage.offer(record);
    }

    /** @param instance the one it is about, or null */
    public void alert(Alert.Kind kind, String instance, String message) {
        alerts.offer(new Alert(clock.instant(), kind, instance, message));
    }

    public long dropped() {
        return usage.dropped() + alerts.dropped();
    }

    /** Events whose route failed. */
    public long failed() {
        return usage.failed() + alerts.failed();
    }

    /** The routes can be reached now; what happened before has waited for this. */
    public void begin() {
        routesRun.countDown();
    }

    private void send(String endpoint, Object event, EventFields fields) throws Exception {
        routesRun.await();
        Producer route = routes.computeIfAbsent(endpoint, this::route);
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.setProperty(EVENT, event);
        exchange.getMessage().setBody(fields);
        route.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private Producer route(String endpoint) {
        try {
            Producer route = context.getEndpoint(endpoint).createProducer();
            ServiceHelper.startService(route);
            return route;
        } catch (Exception e) {
            throw new IllegalStateException("no way to " + endpoint, e);
        }
    }

    @Override
    public void close() {
        begin();
        usage.close();
        alerts.close();
        ServiceHelper.stopService(routes.values().toArray());
    }
}
