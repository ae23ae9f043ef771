package dev.openaigateway.reload.endpoint;

import dev.openaigateway.openai.Errors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Fails a request whose rules call each other more than 50 times deep. Without a limit, it would use all memory. Thread-safe. */
final class CallDepthLimit extends DelegateAsyncProcessor {

    private static final int DEEPEST = 50;

    private final RunningExchanges running;

    /** @param running counts the exchanges that the route takes */
    CallDepthLimit(Processor route, RunningExchanges running) {
        super(route);
        this.running = running;
    }

    /** Whether more routes are nested than any reasonable rule needs. */
    private static boolean isTooDeep(Exchange exchange) {
        UnitOfWork work = exchange.getUnitOfWork();
        return work != null && work.routeStackLevel() > DEEPEST;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (isTooDeep(exchange)) {
            exchange.setException(Errors.ruleFailed("The rules of the gateway call each other more than " + DEEPEST
                    + " times within one request.").exception());
            callback.done(true);
            return true;
        }
        return running.process(processor, exchange, callback);
    }
}
