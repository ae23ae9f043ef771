package dev.openaigateway.admin;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.openai.Errors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Whether traffic may be sent here: started, and not stopping. */
public final class Ready implements Processor {

    private final CamelContext context;
    private final InFlight inFlight;

    public Ready(CamelContext context, InFlight inFlight) {
        this.context = context;
        this.inFlight = inFlight;
    }

    @Override
    public void process(Exchange exchange) {
        if (inFlight.draining()) {
            throw Errors.stopping().exception();
        }
        if (!context.getStatus().isStarted()) {
            throw Errors.starting().exception();
        }
    }
}
