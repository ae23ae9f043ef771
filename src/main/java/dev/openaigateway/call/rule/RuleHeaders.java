package dev.openaigateway.call.rule;

import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The headers that rules have set for the upstream. Copies of an exchange have the headers set before the copy was made. */
public final class RuleHeaders {

    private record Headers(Map<String, String> values) {
    }

    private static final ExchangeSlot<Headers> SLOT = new ExchangeSlot<>(Headers.class);

    private RuleHeaders() {
    }

    /** The headers by name, without regard to case; usually none. */
    public static Map<String, String> of(Exchange exchange) {
        Headers headers = SLOT.get(exchange);
        return headers == null ? Map.of() : headers.values();
    }

    /** Sets a header; the value replaces an earlier one, and an empty one removes the header. */
    public static void set(Exchange exchange, String name, String value) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(of(exchange));
        if (value.isEmpty()) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
        SLOT.set(exchange, new Headers(Collections.unmodifiableMap(values)));
    }
}
