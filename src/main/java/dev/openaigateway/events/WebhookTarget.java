package dev.openaigateway.events;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Addresses an event to the webhook of the property {@code events.webhook.url}. Thread-safe. */
public final class WebhookTarget implements Processor {

    private volatile WebhookAddress address;

    @Override
    public void process(Exchange exchange) {
        WebhookAddress known = address;
        if (known == null) {
            known = WebhookAddress.of(exchange.getContext().resolvePropertyPlaceholders("{{events.webhook.url}}").strip());
            address = known;
        }
        known.applyTo(exchange.getMessage());
    }
}
