package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Adds usage records and alerts to the queues of {@code seda:usage} and {@code seda:alert}, from which routes deliver them.
 * A slow route never delays a request: an event that does not fit is dropped and counted. Events from before the start of
 * the routes wait in the queues. Thread-safe.
 */
public final class Events {

    /** The exchange property with the event itself; the body is a map of its fields. */
    static final String EVENT = "event";

    private static final int CAPACITY = 10_000;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final CamelContext context;
    private final InstantSource clock;
    private final BlockingQueue<Exchange> usage;
    private final BlockingQueue<Exchange> alerts;
    private final Consumer<Alert> listener;

    /** @param listener gets each alert, on the thread that raises it; returns at once and does not throw */
    public Events(CamelContext context, EventQueues<Exchange> queues, Consumer<Alert> listener, InstantSource clock) {
        this.context = context;
        this.listener = listener;
        this.clock = clock;
        this.usage = queues.create(CAPACITY);
        this.alerts = queues.create(CAPACITY);
        context.getRegistry().bind("usageQueue", usage);
        context.getRegistry().bind("alertQueue", alerts);
    }

    /** Never waits. */
    void used(UsageRecord record) {
        usage.offer(exchange(record, record::fields));
    }

    /**
     * Never waits.
     *
     * @param instance name of the instance, or null
     */
    public void alert(Alert.Kind kind, String instance, String message) {
        Alert alert = new Alert(clock.instant(), kind, instance, message);
        alerts.offer(exchange(alert, alert::fields));
        listener.accept(alert);
    }

    /** Waits until the routes have taken all events, at most five seconds. Camel itself would check only once a second. */
    public void drain() {
        long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
        while (!(usage.isEmpty() && alerts.isEmpty()) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private Exchange exchange(Object event, Supplier<Map<String, Object>> fields) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(EVENT, event);
        exchange.getMessage().setBody(new EventFields(fields));
        return exchange;
    }
}
