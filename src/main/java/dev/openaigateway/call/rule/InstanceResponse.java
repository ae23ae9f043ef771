package dev.openaigateway.call.rule;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.ResponseHeaderNames;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The whole response of an instance that a rule has further steps for. They see its body as text, so that conditions, {@code jq} and
 * method calls work on it. Without further steps nothing is decoded. As thread-safe as the exchange.
 */
public final class InstanceResponse {

    private static final ExchangeSlot<InstanceResponse> SLOT = new ExchangeSlot<>(InstanceResponse.class);

    private final Buffer body;
    private final String text;
    private final String contentType;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private InstanceResponse(Buffer body, String contentType) {
        this.body = body;
        this.contentType = contentType;
        this.text = (String) text(body);
    }

    /** Makes the body of a response text. Does nothing to any other message. */
    public static void show(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof Buffer body && Call.find(exchange) != null) {
            InstanceResponse response = new InstanceResponse(body, message.getHeader(Exchange.CONTENT_TYPE, String.class));
            SLOT.set(exchange, response);
            message.setBody(response.text);
        }
    }

    /** The response in a message body or a variable as text; any other value as it is. */
    public static Object text(Object value) {
        return value instanceof Buffer response ? response.toString(StandardCharsets.UTF_8) : value;
    }

    /** Null if no step of a rule has seen a whole response. */
    public static InstanceResponse of(Exchange exchange) {
        return SLOT.get(exchange);
    }

    /** Whether the body of the message is the response of an instance, as it came. */
    public static boolean isIn(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        InstanceResponse response = of(exchange);
        return body instanceof Buffer || response != null && body == response.text;
    }

    /** Whether the client gets the header because a rule has set it. */
    public static boolean sets(Exchange exchange, String name) {
        InstanceResponse response = of(exchange);
        return response != null && response.headers.containsKey(name);
    }

    /** The body as the instance sent it. */
    public Buffer body() {
        return body;
    }

    /** Null if the instance sent none. */
    public String contentType() {
        return contentType;
    }

    /** Sets a header of the response, unless the name is one that rules cannot set. Control characters become blanks. */
    public void set(String name, Object value) {
        String text = RuleValue.text(value);
        if (ResponseHeaderNames.isForRules(name) && text != null) {
            removed.remove(name);
            headers.put(name, text.replaceAll("\\p{Cntrl}+", " ").strip());
        } else {
            headers.remove(name);
        }
    }

    /** Removes a header of the response, also one of the instance, unless the name is one that rules cannot set. */
    public void remove(String name) {
        headers.remove(name);
        if (ResponseHeaderNames.isForRules(name)) {
            removed.add(name);
        }
    }

    /** Whether the client does not get the header because a rule has removed it. */
    public boolean removes(String name) {
        return removed.contains(name);
    }

    /** The headers that rules have set, by name without regard to case. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }
}
