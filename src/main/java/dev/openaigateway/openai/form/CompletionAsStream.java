package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.FinishReason;

import java.util.List;
import java.util.function.Consumer;

/** Writes a chat or text completion as chunks: for each choice its role, content, tool calls and finish reason; then the usage. */
final class CompletionAsStream {

    private static final String FINISH = "finish_reason";

    private final JsonAsStream stream;
    private final ObjectNode whole;
    private final ObjectNode head = JsonAsStream.object();

    private CompletionAsStream(JsonAsStream stream, ObjectNode whole) {
        this.stream = stream;
        this.whole = whole;
        head.setAll(whole);
        head.remove(List.of("choices", "usage"));
        if (whole.path("object").asText().equals("chat.completion")) {
            head.put("object", "chat.completion.chunk");
        }
    }

    /**
     * Null if the response has no choices.
     *
     * @param usage whether its usage is written
     */
    static Consumer<JsonAsStream> of(ObjectNode whole, boolean usage) {
        return whole.path("choices").isEmpty() ? null : stream -> new CompletionAsStream(stream, whole).write(usage);
    }

    private void write(boolean usage) {
        for (JsonNode choice : whole.path("choices")) {
            if (choice.isObject()) {
                write(choice, choice.path("message"));
            }
        }
        if (usage && whole.path("usage").isObject()) {
            ObjectNode last = chunk(null);
            last.set("usage", whole.path("usage"));
            stream.data(last);
        }
        stream.done();
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
        last.put(FINISH, FinishReason.isOne(choice.path(FINISH).asText("")) ? choice.path(FINISH).textValue() : "stop");
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
