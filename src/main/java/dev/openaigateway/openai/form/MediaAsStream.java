package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Writes images as one event each, and a transcript as one piece and its end. */
final class MediaAsStream {

    private final JsonAsStream stream;
    private final ObjectNode whole;

    MediaAsStream(JsonAsStream stream, ObjectNode whole) {
        this.stream = stream;
        this.whole = whole;
    }

    /** Returns false, and writes nothing, unless each image is in the response, or has a link. */
    boolean writeImages(String type) {
        JsonNode images = whole.path("data");
        for (JsonNode image : images) {
            if (!image.path("b64_json").isTextual() && !image.path("url").isTextual()) {
                return false;
            }
        }
        for (int i = 0; i < images.size(); i++) {
            write(type, (ObjectNode) images.get(i), i == images.size() - 1);
        }
        return !images.isEmpty();
    }

    /** The usage is that of all images, so only the last event has it. */
    private void write(String type, ObjectNode image, boolean last) {
        ObjectNode event = JsonAsStream.object().put("type", type);
        whole.properties().forEach(member -> event.set(member.getKey().equals("created") ? "created_at" : member.getKey(), member.getValue()));
        event.remove(last ? List.of("data") : List.of("data", "usage"));
        stream.typed(event.setAll(image));
    }

    /** Returns false, and writes nothing, if the response has no text. */
    boolean writeTranscript() {
        if (!whole.path("text").isTextual()) {
            return false;
        }
        stream.typed(JsonAsStream.object().put("type", "transcript.text.delta").put("delta", whole.path("text").textValue()));
        ObjectNode done = JsonAsStream.object().put("type", "transcript.text.done");
        stream.typed(done.setAll(whole));
        return true;
    }
}
