package dev.openaigateway.request;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One {@code request:} URI of a route. */
public final class RequestEndpoint extends DefaultEndpoint {

    private final Processor step;

    RequestEndpoint(String uri, RequestComponent component, Processor step) {
        super(uri, component);
        this.step = step;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                step.process(exchange);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("'request:' is for sending only.");
    }

    /** The names of parameters are those of members and headers. */
    @Override
    public boolean isLenientProperties() {
        return true;
    }
}
