package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        images.forEach(image -> write(type, (ObjectNode) image));
        return !images.isEmpty();
    }

    private void write(String type, ObjectNode image) {
        ObjectNode event = JsonAsStream.object().put("type", type);
        whole.properties().forEach(member -> event.set(member.getKey().equals("created") ? "created_at" : member.getKey(), member.getValue()));
        event.remove("data");
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
