package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.response.StreamEvent;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Puts together what the events before the last one say of a response. Not thread-safe. */
final class ResponseParts {

    private static final String OUTPUT = "output";
    private static final String INCOMPLETE = "incomplete";
    private static final String USAGE = "usage";
    private static final String INPUT_TOKENS = "input_tokens";
    private static final String OUTPUT_TOKENS = "output_tokens";

    private final NavigableMap<Integer, JsonNode> items = new TreeMap<>();
    private ObjectNode announced;
    private ObjectNode usage;

    /** @param type may be null */
    void add(String type, ObjectNode event) {
        if (StreamEvent.isItemDone(type)) {
            items.put(event.path("output_index").asInt(items.size()), event.path("item"));
        } else if (StreamEvent.isPreamble(type) && announced == null && event.path("response") instanceof ObjectNode response) {
            announced = response;
        }
        if ((event.has(USAGE) ? event : event.path("response")).path(USAGE) instanceof ObjectNode reported) {
            usage = reported;
        }
    }

    boolean isAnnounced() {
        return announced != null;
    }

    /** The response of the last event, with the items if it lacks them. */
    ObjectNode with(ObjectNode response) {
        if (!items.isEmpty() && response.path(OUTPUT).isEmpty()) {
            response.putArray(OUTPUT).addAll(items.values());
        }
        return response;
    }

    /** The response if there is no last event; empty if it has no items. */
    ObjectNode whole() {
        if (items.isEmpty()) {
            return JsonAsStream.object();
        }
        ObjectNode whole = isAnnounced() ? announced : JsonAsStream.object().put("object", "response");
        whole.put("status", status()).putArray(OUTPUT).addAll(items.values());
        if (usage != null) {
            whole.set(USAGE, usage.has(INPUT_TOKENS) ? usage : ofChat(usage));
        }
        return whole;
    }

    /** Of the response if there is no last event: that of its last item, since nothing is generated after what was cut off. */
    String status() {
        boolean incomplete = !items.isEmpty() && items.lastEntry().getValue().path("status").asText().equals(INCOMPLETE);
        return incomplete ? INCOMPLETE : "completed";
    }

    /** Routers may report the usage as that of a chat. */
    private static ObjectNode ofChat(ObjectNode usage) {
        long input = usage.path("prompt_tokens").asLong();
        long output = usage.path("completion_tokens").asLong();
        return JsonAsStream.object().put(INPUT_TOKENS, input).put(OUTPUT_TOKENS, output).put("total_tokens", input + output);
    }
}
