package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.response.StreamEvent;

import java.util.function.Consumer;

/** Writes an object of the Responses API as its events, from {@code response.created} to the one that ends it. */
final class ResponseAsStream {

    private static final String COMPLETED = "completed";
    private static final String IN_PROGRESS = "in_progress";

    private final JsonAsStream stream;
    private final ObjectNode whole;
    private long sequence;

    private ResponseAsStream(JsonAsStream stream, ObjectNode whole) {
        this.stream = stream;
        this.whole = whole;
    }

    /** Null if it is not a response. One that is not finished has no events but those that announce it. */
    static Consumer<JsonAsStream> of(ObjectNode whole) {
        String status = whole.path("status").asText();
        if (status.isEmpty() && whole.path("output").isArray()) {
            status = ErrorMember.isFailure(whole.path("error")) ? "failed" : COMPLETED;
            whole.put("status", status);
        }
        String end = switch (status) {
            case COMPLETED -> "response.completed";
            case "incomplete", "cancelled" -> "response.incomplete";
            case "failed" -> StreamEvent.RESPONSE_FAILED;
            case "queued" -> "response.queued";
            case IN_PROGRESS -> "response.in_progress";
            default -> null;
        };
        return end == null || !whole.path("object").asText("response").equals("response") ? null : stream -> new ResponseAsStream(stream, whole).write(end);
    }

    private void write(String end) {
        String status = whole.path("status").asText();
        if (status.equals("queued") || status.equals(IN_PROGRESS)) {
            send(event("response.created"), "response", whole);
            send(event(end), "response", whole);
            return;
        }
        ObjectNode begun = JsonAsStream.object().setAll(whole);
        begun.put("status", IN_PROGRESS).putNull("usage").putNull("error").putArray("output");
        send(event("response.created"), "response", begun);
        send(event("response.in_progress"), "response", begun);
        JsonNode output = whole.path("output");
        for (int i = 0; i < output.size(); i++) {
            if (output.get(i) instanceof ObjectNode item) {
                write(item, i);
            }
        }
        send(event(end), "response", whole);
    }

    private void write(ObjectNode item, int index) {
        send(event("response.output_item.added").put("output_index", index), "item", begun(item));
        for (int i = 0; i < item.path("content").size(); i++) {
            JsonNode part = item.path("content").get(i);
            Place place = new Place(item.path("id").asText(), index, "content_index", i);
            write(part, place, "response.content_part", textEvent(part));
        }
        for (int i = 0; i < item.path("summary").size(); i++) {
            Place place = new Place(item.path("id").asText(), index, "summary_index", i);
            write(item.path("summary").get(i), place, "response.reasoning_summary_part", "response.reasoning_summary_text");
        }
        Place place = new Place(item.path("id").asText(), index, null, 0);
        String call = item.path("type").asText().equals("mcp_call") ? "response.mcp_call_arguments" : "response.function_call_arguments";
        writeText(item.path("arguments"), place, "arguments", call);
        writeText(item.path("input"), place, "input", "response.custom_tool_call_input");
        send(event("response.output_item.done").put("output_index", index), "item", item);
    }

    /** @param part the name of its member that is the index of a part; null outside parts */
    private record Place(String item, int output, String part, int index) {

        ObjectNode in(ObjectNode event) {
            event.put("item_id", item).put("output_index", output);
            return part == null ? event : event.put(part, index);
        }
    }

    /** The item as it was before its content came. */
    private static ObjectNode begun(ObjectNode item) {
        ObjectNode begun = JsonAsStream.object().setAll(item);
        if (item.has("status")) {
            begun.put("status", IN_PROGRESS);
        }
        for (String list : new String[] {"content", "summary"}) {
            if (item.path(list).isArray()) {
                begun.putArray(list);
            }
        }
        for (String text : new String[] {"arguments", "input"}) {
            if (item.path(text).isTextual()) {
                begun.put(text, "");
            }
        }
        return begun;
    }

    private static String textEvent(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "refusal" -> "response.refusal";
            case "reasoning_text" -> "response.reasoning_text";
            default -> "response.output_text";
        };
    }

    private void write(JsonNode part, Place place, String partEvent, String textEvent) {
        if (!(part instanceof ObjectNode object)) {
            return;
        }
        String member = part.has("refusal") ? "refusal" : "text";
        ObjectNode begun = JsonAsStream.object().setAll(object);
        send(place.in(event(partEvent + ".added")), "part", part.has(member) ? begun.put(member, "") : begun);
        writeText(part.path(member), place, member, textEvent);
        send(place.in(event(partEvent + ".done")), "part", part);
    }

    private void writeText(JsonNode text, Place place, String member, String textEvent) {
        if (text.isTextual()) {
            stream.typed(place.in(event(textEvent + ".delta")).put("delta", text.textValue()));
            stream.typed(place.in(event(textEvent + ".done")).put(member, text.textValue()));
        }
    }

    private ObjectNode event(String type) {
        return JsonAsStream.object().put("type", type).put("sequence_number", sequence++);
    }

    private void send(ObjectNode event, String member, JsonNode value) {
        event.set(member, value);
        stream.typed(event);
    }
}
