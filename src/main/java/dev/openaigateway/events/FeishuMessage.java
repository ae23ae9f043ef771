package dev.openaigateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.config.Secret;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Makes an alert a Feishu text message, addressed to the webhook of the settings in force; without one the route ends here. */
public final class FeishuMessage implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> gateway;
    private final Supplier<Secret> webhook;

    /** @param gateway its name, for the message */
    public FeishuMessage(Supplier<String> gateway, Supplier<Secret> webhook) {
        this.gateway = gateway;
        this.webhook = webhook;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Secret address = webhook.get();
        if (address.isBlank()) {
            exchange.setRouteStop(true);
            return;
        }
        Alert alert = exchange.getProperty(Events.EVENT, Alert.class);
        String text = "[" + gateway.get() + "] " + alert.kind().name().toLowerCase(Locale.ROOT) + ": " + alert.message();
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_URI, address.value());
        message.setBody(JSON.writeValueAsString(Map.of("msg_type", "text", "content", Map.of("text", text))));
    }
}
