package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.LooseJson;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes a whole JSON response as the stream that the client requested. */
public final class JsonAsStream {

    private final StringBuilder text = new StringBuilder();

    private JsonAsStream() {
    }

    /**
     * The events of a stream with the same content.
     *
     * @param usage whether the client requested the usage of the stream
     * @return empty if the operation has no streams, or the body is no response of the operation
     */
    public static Optional<byte[]> of(Operation operation, byte[] body, boolean usage) {
        if (!(LooseJson.tree(body) instanceof ObjectNode whole)) {
            return Optional.empty();
        }
        JsonAsStream stream = new JsonAsStream();
        boolean written = switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS -> new CompletionAsStream(stream, whole).write(usage);
            case RESPONSES -> new ResponseAsStream(stream, whole).write();
            case IMAGE_GENERATIONS -> new MediaAsStream(stream, whole).writeImages("image_generation.completed");
            case IMAGE_EDITS -> new MediaAsStream(stream, whole).writeImages("image_edit.completed");
            case TRANSCRIPTIONS -> new MediaAsStream(stream, whole).writeTranscript();
            default -> false;
        };
        return written ? Optional.of(stream.text.toString().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Appends an event without a type. */
    void data(Object json) {
        text.append("data: ").append(json).append("\n\n");
    }

    /** Appends an event with a type. */
    void typed(ObjectNode event) {
        text.append("event: ").append(event.path("type").textValue()).append('\n');
        data(event);
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
