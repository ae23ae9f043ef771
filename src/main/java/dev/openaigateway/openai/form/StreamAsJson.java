package dev.openaigateway.openai.form;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.LooseJson;
import dev.openaigateway.openai.response.TypedStream;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Assembles a stream into the JSON response that the client requested. Not thread-safe. */
public final class StreamAsJson {

    private final boolean completion;
    private final CompletionParts choices;
    private final ImageParts images = new ImageParts();
    private final Map<Integer, JsonNode> items = new TreeMap<>();
    private ObjectNode result;

    public StreamAsJson(Operation operation) {
        this.completion = operation == Operation.CHAT_COMPLETIONS || operation == Operation.COMPLETIONS;
        this.choices = new CompletionParts(operation == Operation.CHAT_COMPLETIONS);
    }

    /** Adds the data of an event, in OpenAI's format; data that is not JSON is skipped. */
    public void add(byte[] data) {
        if (!(LooseJson.tree(data) instanceof ObjectNode event)) {
            return;
        }
        String type = event.path("type").asText();
        TypedStream kind = TypedStream.of(type);
        if (completion) {
            choices.add(event);
        } else if (type.equals("response.output_item.done")) {
            items.put(event.path("output_index").asInt(items.size()), event.path("item"));
        } else if (kind != null && kind.isEnd(type)) {
            event.remove("type");
            result = result(kind, event);
        }
    }

    /** The response; meaningful only if the stream was whole. */
    public byte[] json() {
        ObjectNode whole = completion ? choices.whole() : result == null ? Json.MAPPER.createObjectNode() : result;
        try {
            return Json.MAPPER.writeValueAsBytes(whole);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode result(TypedStream kind, ObjectNode end) {
        return switch (kind) {
            case RESPONSE -> {
                ObjectNode whole = end.path("response") instanceof ObjectNode response ? response : end;
                if (!items.isEmpty() && whole.path("output").isEmpty()) {
                    whole.putArray("output").addAll(items.values());
                }
                yield whole;
            }
            case IMAGE, IMAGE_EDIT -> images.with(end);
            case TRANSCRIPT, SPEECH -> end;
        };
    }
}
