package dev.openaigateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.openaigateway.openai.Json;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.LinkedHashMap;
import java.util.Map;

/** Converts an event to JSON: its fields, and {@code event}, which is {@code usage} or {@code alert}. */
public final class EventJson implements Processor {

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", exchange.getProperty(Events.EVENT) instanceof Alert ? "alert" : "usage");
        exchange.getMessage().getBody(Map.class).forEach((name, value) -> fields.put(String.valueOf(name), value));
        exchange.getMessage().setBody(Json.MAPPER.writeValueAsString(fields));
    }
}
