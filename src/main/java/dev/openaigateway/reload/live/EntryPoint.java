package dev.openaigateway.reload.live;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.events.LostEvents;
import dev.openaigateway.reload.endpoint.CallerErrorHandling;
import dev.openaigateway.reload.endpoint.RunningExchanges;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/** The consumer of one endpoint that routes of the live files begin with. Any thread may send; one at a time may start or stop it. */
final class EntryPoint extends AsyncProcessorSupport {

    private static final Duration LONGEST_RETIREMENT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final EntryPoints entryPoints;
    private final String uri;
    private final boolean direct;
    /** Whether requests enter the rules here. */
    private final boolean isRules;
    private final RunningExchanges running = new RunningExchanges();
    private Consumer consumer;
    private volatile AsyncProcessor substitute;

    EntryPoint(EntryPoints entryPoints, String uri) {
        this.entryPoints = entryPoints;
        this.uri = uri;
        this.direct = EndpointText.isDirect(uri);
        this.isRules = uri.equals(GatewayEndpoints.RULES);
    }

    /** What is in a queue outlives a consumer of it. Camel would purge the queue even when it is asked for the number of messages. */
    EntryPoint consumeFrom(Endpoint endpoint) throws Exception {
        if (endpoint instanceof SedaEndpoint queue) {
            queue.setPurgeWhenStopping(false);
        }
        consumer = endpoint.createConsumer(this);
        return this;
    }

    boolean isDirect() {
        return direct;
    }

    /** Sets the route for messages of this consumer while the active version has no route with its URI, because a version is being replaced. */
    void setSubstitute(AsyncProcessor route) {
        substitute = direct ? null : route;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        AsyncProcessor route = entryPoints.route(uri, exchange);
        if (route == null) {
            route = substitute;
        }
        return process(route, exchange, direct ? callback : LostEvents.counting(exchange, callback));
    }

    private boolean process(AsyncProcessor route, Exchange exchange, AsyncCallback callback) {
        if (route == null) {
            exchange.setException(new IllegalStateException("The active rules have no route that begins with '" + uri + "'."));
            callback.done(true);
            return true;
        }
        if (isRules) {
            return route.process(exchange, doneSync -> {
                resume(exchange);
                callback.done(doneSync);
            });
        }
        return direct ? route.process(exchange, callback) : running.process(route, exchange, callback);
    }

    /** A {@code stop}, a {@code rollback} or a handled failure in the rules ends the rules, and not the steps of the gateway behind them. */
    private static void resume(Exchange exchange) {
        exchange.setRouteStop(false);
        exchange.setRollbackOnly(false);
        exchange.setRollbackOnlyLast(false);
        CallerErrorHandling.reset(exchange);
    }

    void begin() {
        ServiceHelper.startService(consumer);
    }

    void end() {
        ServiceHelper.stopAndShutdownService(consumer);
    }

    /** Stops after the message it has. What is in the queue stays there, for the consumer that replaces this one. */
    void retire() {
        try {
            ServiceHelper.suspendService(consumer);
            if (consumer.getEndpoint() instanceof SedaEndpoint queue) {
                // The consumer may still take one message until its poll ends.
                LockSupport.parkNanos(Duration.ofMillis(2L * queue.getPollTimeout()).toNanos());
            }
            awaitIdle(System.nanoTime() + LONGEST_RETIREMENT.toNanos());
        } finally {
            end();
        }
    }

    /** Waits until the queue is empty and its last message was processed, at most until this time of {@link System#nanoTime}. */
    void drain(long end) {
        while (!direct && consumer instanceof ShutdownAware queue && queue.getPendingExchangesSize() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        awaitIdle(end);
    }

    /** Takes no more. Returns the number of messages left in the queue, which are dropped. */
    int purge() {
        if (!(consumer.getEndpoint() instanceof SedaEndpoint endpoint)) {
            return 0;
        }
        Queue<Exchange> queue = endpoint.getQueue();
        end();
        int left = queue.size();
        queue.clear();
        return left;
    }

    private void awaitIdle(long end) {
        while (running.count() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }
}
