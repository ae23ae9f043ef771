package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.function.Consumer;

/** Writes images as one event each, and a transcript as one piece and its end. */
final class MediaAsStream {

    private final JsonAsStream stream;
    private final ObjectNode whole;

    private MediaAsStream(JsonAsStream stream, ObjectNode whole) {
        this.stream = stream;
        this.whole = whole;
    }

    /**
     * Null unless each image is in the response, or has a link.
     *
     * @param type of the event of an image
     */
    static Consumer<JsonAsStream> ofImages(ObjectNode whole, String type) {
        JsonNode images = whole.path("data");
        for (JsonNode image : images) {
            if (!image.path("b64_json").isTextual() && !image.path("url").isTextual()) {
                return null;
            }
        }
        return images.isEmpty() ? null : stream -> new MediaAsStream(stream, whole).writeImages(type);
    }

    private void writeImages(String type) {
        JsonNode images = whole.path("data");
        for (int i = 0; i < images.size(); i++) {
            write(type, (ObjectNode) images.get(i), i == images.size() - 1);
        }
    }

    /** The usage is that of all images, so only the last event has it. */
    private void write(String type, ObjectNode image, boolean last) {
        ObjectNode event = JsonAsStream.object().put("type", type);
        whole.properties().forEach(member -> event.set(member.getKey().equals("created") ? "created_at" : member.getKey(), member.getValue()));
        event.remove(last ? List.of("data") : List.of("data", "usage"));
        stream.typed(event.setAll(image));
    }

    /** Null if the response has no text. */
    static Consumer<JsonAsStream> ofTranscript(ObjectNode whole) {
        return whole.path("text").isTextual() ? stream -> new MediaAsStream(stream, whole).writeTranscript() : null;
    }

    private void writeTranscript() {
        stream.typed(JsonAsStream.object().put("type", "transcript.text.delta").put("delta", whole.path("text").textValue()));
        ObjectNode done = JsonAsStream.object().put("type", "transcript.text.done");
        stream.typed(done.setAll(whole));
    }
}
