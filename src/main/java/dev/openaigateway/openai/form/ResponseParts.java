package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.errors.FinishedItem;
import dev.openaigateway.openai.response.errors.FinishedItems;

import java.util.Map;
import java.util.TreeMap;

/** Puts together what the events before the last one say of a response. Not thread-safe. */
final class ResponseParts {

    private static final String OUTPUT = "output";
    private static final String USAGE = "usage";
    private static final String INPUT_TOKENS = "input_tokens";
    private static final String OUTPUT_TOKENS = "output_tokens";

    private final Map<Integer, JsonNode> items = new TreeMap<>();
    private final FinishedItems finished = new FinishedItems();
    private ObjectNode announced;
    private ObjectNode usage;

    /** @param type may be null */
    void add(String type, ObjectNode event) {
        if (StreamEvent.isItemDone(type)) {
            JsonNode item = event.path("item");
            FinishedItem end = new FinishedItem(event.path("output_index").asInt(FinishedItem.NO_INDEX), item.path("type").asText(), item.path("status").asText());
            items.put(finished.add(end), item);
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

    /** Of the response if there is no last event. */
    String status() {
        return finished.status();
    }

    /** Routers may report the usage as that of a chat. */
    private static ObjectNode ofChat(ObjectNode usage) {
        long input = usage.path("prompt_tokens").asLong();
        long output = usage.path("completion_tokens").asLong();
        return JsonAsStream.object().put(INPUT_TOKENS, input).put(OUTPUT_TOKENS, output).put("total_tokens", input + output);
    }
}
