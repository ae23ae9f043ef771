package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Writes a chat or text completion as chunks: for each choice its role, content, tool calls and finish reason; then the usage. */
final class CompletionAsStream {

    private static final String FINISH = "finish_reason";

    private final JsonAsStream stream;
    private final ObjectNode whole;
    private final ObjectNode head = JsonAsStream.object();

    CompletionAsStream(JsonAsStream stream, ObjectNode whole) {
        this.stream = stream;
        this.whole = whole;
        head.setAll(whole);
        head.remove(List.of("choices", "usage"));
        if (whole.path("object").asText().equals("chat.completion")) {
            head.put("object", "chat.completion.chunk");
        }
    }

    /** Returns false, and writes nothing, if the response has no choices. */
    boolean write(boolean usage) {
        JsonNode choices = whole.path("choices");
        if (choices.isEmpty()) {
            return false;
        }
        for (JsonNode choice : choices) {
            if (choice.isObject()) {
                write(choice, choice.path("message"));
            }
        }
        if (usage && whole.path("usage").isObject()) {
            ObjectNode last = chunk(null);
            last.set("usage", whole.path("usage"));
            stream.data(last);
        }
        stream.data("[DONE]");
        return true;
    }

    private void write(JsonNode choice, JsonNode message) {
        if (message instanceof ObjectNode content) {
            ObjectNode role = JsonAsStream.object().put("role", message.path("role").asText("assistant")).put("content", message.path("content").isNull() ? null : "");
            stream.data(chunk(part(choice, role)));
            ObjectNode rest = content.deepCopy();
            rest.remove("role");
            number(rest.path("tool_calls"));
            ObjectNode part = part(choice, rest);
            part.set("logprobs", choice.path("logprobs"));
            stream.data(chunk(part));
        } else {
            ObjectNode part = part(choice, null).put("text", choice.path("text").asText(""));
            part.set("logprobs", choice.path("logprobs"));
            stream.data(chunk(part));
        }
        ObjectNode last = JsonAsStream.object().setAll((ObjectNode) choice);
        last.remove(List.of("message", "logprobs"));
        if (message.isObject()) {
            last.putObject("delta");
        } else {
            last.put("text", "");
        }
        last.put(FINISH, choice.path(FINISH).asText("").isEmpty() ? "stop" : choice.path(FINISH).textValue());
        stream.data(chunk(last));
    }

    /** Tool calls of a stream have an index. */
    private static void number(JsonNode calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof ObjectNode call) {
                call.put("index", i);
            }
        }
    }

    private static ObjectNode part(JsonNode choice, ObjectNode delta) {
        ObjectNode part = JsonAsStream.object().put("index", choice.path("index").asInt());
        if (delta != null) {
            part.set("delta", delta);
        }
        return part.putNull(FINISH);
    }

    /** @param choice null for a chunk without choices */
    private ObjectNode chunk(JsonNode choice) {
        ObjectNode chunk = JsonAsStream.object().setAll(head);
        ArrayNode choices = chunk.putArray("choices");
        if (choice != null) {
            choices.add(choice);
        }
        return chunk;
    }
}
