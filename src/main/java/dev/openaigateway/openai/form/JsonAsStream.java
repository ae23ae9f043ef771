package dev.openaigateway.openai.form;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.Operation;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole JSON response as the stream that the client requested. An event may repeat the whole response, and there are several of these, so
 * they are written one after the other. Not thread-safe.
 */
public final class JsonAsStream {

    /** Bytes of memory for each byte of the response: its text while it is read, then the tree and one event while that is written. */
    public static final int COPIES = 8;

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<JsonAsStream> content;
    private Consumer<byte[]> target;

    private JsonAsStream(Consumer<JsonAsStream> content) {
        this.content = content;
    }

    /**
     * The stream with the same content.
     *
     * @param usage whether the client requested the usage of the stream
     * @return empty if the operation has no streams, or the body is no response of the operation
     */
    public static Optional<JsonAsStream> of(Operation operation, byte[] body, boolean usage) {
        if (!(LooseJson.tree(body) instanceof ObjectNode whole)) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS -> CompletionAsStream.of(whole, usage);
            case RESPONSES -> ResponseAsStream.of(whole);
            case IMAGE_GENERATIONS -> MediaAsStream.ofImages(whole, "image_generation.completed");
            case IMAGE_EDITS -> MediaAsStream.ofImages(whole, "image_edit.completed");
            case TRANSCRIPTIONS -> MediaAsStream.ofTranscript(whole);
            default -> null;
        }).map(JsonAsStream::new);
    }

    /**
     * Writes the stream. Called once.
     *
     * @param events gets the bytes of each event
     */
    public void write(Consumer<byte[]> events) {
        target = events;
        content.accept(this);
    }

    /** Writes an event without a type. */
    void data(ObjectNode json) {
        target.accept(event("data: ", json));
    }

    /** Writes an event with a type. */
    void typed(ObjectNode event) {
        target.accept(event(event));
    }

    void done() {
        target.accept(DONE);
    }

    /** An event with a type. */
    static byte[] event(ObjectNode event) {
        return event("event: " + event.path("type").textValue() + "\ndata: ", event);
    }

    /** By characters and not by bytes, since a text may have half of a surrogate pair. */
    private static byte[] event(String head, ObjectNode json) {
        ByteArrayBuilder event = new ByteArrayBuilder();
        try (JsonGenerator out = Json.MAPPER.createGenerator(new OutputStreamWriter(event, StandardCharsets.UTF_8))) {
            out.writeRaw(head);
            out.writeTree(json);
            out.writeRaw("\n\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return event.toByteArray();
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
