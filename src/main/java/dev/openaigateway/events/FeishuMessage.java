package dev.openaigateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Secret;
import dev.openaigateway.openai.Json;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.util.Locale;
import java.util.Map;

/** Converts an alert to a Feishu text message for the webhook in the active settings. Without a webhook the route stops here. */
public final class FeishuMessage implements Processor {

    private final LiveSettings settings;

    public FeishuMessage(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Secret address = settings.get().logging().feishuWebhook();
        if (address.isBlank()) {
            exchange.setRouteStop(true);
            return;
        }
        Alert alert = exchange.getProperty(Events.EVENT, Alert.class);
        String text = "[" + settings.get().name() + "] " + alert.kind().name().toLowerCase(Locale.ROOT) + ": " + alert.message();
        Message message = exchange.getMessage();
        WebhookAddress.of(address.value()).applyTo(message);
        message.setBody(Json.MAPPER.writeValueAsString(Map.of("msg_type", "text", "content", Map.of("text", text))));
    }
}
