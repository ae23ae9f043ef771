package dev.openaigateway.events;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that an event which a route fails to deliver is counted, also if the route handles no failures itself. */
public final class LostEvents {

    /** The name of the bean that counts them. */
    public static final String COUNTER = "sinkFailureCounter";

    private static final Logger LOG = LoggerFactory.getLogger(LostEvents.class);

    private LostEvents() {
    }

    /**
     * Lets a route that takes events from a queue count the failures that it does not handle. It is the handler for the most general type, so
     * handlers of the route itself go first. An error handler other than Camel's own, such as a dead letter channel, stays alone.
     */
    public static void countIn(RouteDefinition route) {
        if (!route.isErrorHandlerFactorySet()) {
            route.setErrorHandlerFactory(new DefaultErrorHandlerDefinition().logExhausted(false));
        }
        if (route.getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition && !handlesAll(route)) {
            OnExceptionDefinition handler = new OnExceptionDefinition(Throwable.class);
            handler.setParent(route);
            handler.handled(true).process(COUNTER);
            route.getOutputs().add(0, handler);
        }
    }

    private static boolean handlesAll(RouteDefinition route) {
        return route.getOutputs().stream().anyMatch(step -> step instanceof OnExceptionDefinition handler
                && handler.getExceptions().contains(Throwable.class.getName()));
    }

    /** Counts what has failed in spite of the handlers of its route, and takes the failure from it. What is no event keeps its failure. */
    public static AsyncCallback counting(Exchange exchange, AsyncCallback callback) {
        return exchange.getProperty(Events.EVENT) == null ? callback : doneSync -> {
            if (exchange.getException() != null) {
                count(exchange);
            }
            callback.done(doneSync);
        };
    }

    private static void count(Exchange exchange) {
        LOG.debug("Stack trace of a lost event", exchange.getException());
        try {
            exchange.getContext().getRegistry().lookupByNameAndType(COUNTER, Processor.class).process(exchange);
            exchange.setException(null);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
