package dev.openaigateway.admin;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Responds to a health check: the process runs. Thread-safe. */
public final class Alive implements Processor {

    private static final String OK = "{\"status\": \"ok\"}";

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(OK);
    }
}
