package dev.openaigateway.reload.endpoint;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets the caller of a route handle a failure that the route's own error handler did not. Camel marks the exchange as
 * exhausted, and the caller's error handler would skip it. Thread-safe.
 */
public final class CallerErrorHandling extends DelegateAsyncProcessor {

    CallerErrorHandling(Processor route) {
        super(route);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                reset(exchange);
            }
            callback.done(doneSync);
        });
    }

    /** Clears what error handlers have recorded on the exchange. */
    public static void reset(Exchange exchange) {
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
    }
}
