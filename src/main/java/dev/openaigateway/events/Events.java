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
import java.util.function.Supplier;

/**
 * Puts usage records and alerts into the queues of {@code seda:usage} and {@code seda:alert}, whose routes decide what
 * becomes of them. A slow route never slows a request: what does not fit is dropped and counted. What happens before the
 * routes start waits in the queues. Thread-safe.
 */
public final class Events {

    /** The exchange property with the event itself; the body is a map of its fields. */
    static final String EVENT = "event";

    private static final int CAPACITY = 10_000;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final CamelContext context;
    private final InstantSource clock;
    private final BlockingQueue<Exchange> usage;
    private final BlockingQueue<Exchange> alerts;

    public Events(CamelContext context, EventQueues<Exchange> queues, InstantSource clock) {
        this.context = context;
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
     * @param instance the one it is about, or null
     */
    public void alert(Alert.Kind kind, String instance, String message) {
        Alert alert = new Alert(clock.instant(), kind, instance, message);
        alerts.offer(exchange(alert, alert::fields));
    }

    /** Waits until the routes have taken all events, at most five seconds. Camel itself would look once a second only. */
    public void drain() {
        long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
        while (!(usage.isEmpty() && alerts.isEmpty()) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private Exchange exchange(Object event, Supplier<Map<String, Object>> fields) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(EVENT, event);
        exchange.getMessage().setBody(new EventFields(fields));
        return exchange;
    }
}
