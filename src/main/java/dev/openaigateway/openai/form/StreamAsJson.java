package dev.openaigateway.openai.form;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.TypedStream;

import java.io.UncheckedIOException;

/** Assembles a stream into the JSON response that the client requested. Not thread-safe. */
public final class StreamAsJson {

    private final boolean completion;
    private final CompletionParts choices;
    private final ImageParts images = new ImageParts();
    private final ResponseParts response = new ResponseParts();
    private ObjectNode result;

    public StreamAsJson(Operation operation) {
        this.completion = operation == Operation.CHAT_COMPLETIONS || operation == Operation.COMPLETIONS;
        this.choices = new CompletionParts(operation == Operation.CHAT_COMPLETIONS);
    }

    /**
     * Adds an event in OpenAI's format; data that is not JSON is skipped.
     *
     * @param type null if the event has none
     */
    public void add(String type, byte[] data) {
        if (!(LooseJson.tree(data) instanceof ObjectNode event)) {
            return;
        }
        TypedStream kind = TypedStream.of(type);
        if (completion) {
            choices.add(event);
        } else if (kind != null && kind.isEnd(type)) {
            event.remove("type");
            result = result(kind, event);
        } else {
            response.add(type, event);
        }
    }

    /** The response; meaningful only if the stream was whole. */
    public byte[] json() {
        try {
            return Json.MAPPER.writeValueAsBytes(completion ? choices.whole() : result == null ? response.whole() : result);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode result(TypedStream kind, ObjectNode end) {
        return switch (kind) {
            case RESPONSE -> response.with(end.path("response") instanceof ObjectNode object ? object : end);
            case IMAGE, IMAGE_EDIT -> images.with(end);
            case TRANSCRIPT, SPEECH -> end;
        };
    }
}
