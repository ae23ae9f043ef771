package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes a usage record as one line of the access log. */
public final class WriteAccessLine implements Processor {

    private final AccessLog log = new AccessLog();

    @Override
    public void process(Exchange exchange) {
        log.write(exchange.getProperty(Events.EVENT, UsageRecord.class));
    }
}
