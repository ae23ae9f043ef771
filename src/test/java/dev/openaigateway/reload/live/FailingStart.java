package dev.openaigateway.reload.live;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;

/** A step that throws an error of its own when its route starts. */
public final class FailingStart extends ServiceSupport implements Processor {

    @Override
    public void process(Exchange exchange) {
    }

    @Override
    protected void doInit() {
        throw new Error("of a library");
    }
}
