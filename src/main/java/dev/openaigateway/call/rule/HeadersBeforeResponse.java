package dev.openaigateway.call.rule;

import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

import java.util.Map;

/**
 * The headers that a message had before an instance responded. The response takes the place of the request, but a rule's further steps ask
 * about the headers of the request as those before the instance do. As thread-safe as the exchange.
 */
public final class HeadersBeforeResponse {

    private record Headers(Map<String, Object> values) {
    }

    private static final ExchangeSlot<Headers> SLOT = new ExchangeSlot<>(Headers.class);

    private HeadersBeforeResponse() {
    }

    /** Saves the headers, not a copy, so that a response without further steps costs nothing. */
    public static void save(Exchange exchange, Map<String, Object> headers) {
        SLOT.set(exchange, new Headers(headers));
    }

    /**
     * Adds those that the response does not have itself, except the type of the request's body. Does nothing before an instance has responded,
     * and the second time.
     */
    public static void restoreMissing(Exchange exchange) {
        Headers headers = SLOT.get(exchange);
        if (headers != null) {
            SLOT.set(exchange, null);
            Map<String, Object> shown = exchange.getMessage().getHeaders();
            headers.values().forEach((name, value) -> {
                if (!name.equalsIgnoreCase(Exchange.CONTENT_TYPE)) {
                    shown.putIfAbsent(name, value);
                }
            });
        }
    }
}
