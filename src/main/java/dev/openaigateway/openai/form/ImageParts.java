package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;

import java.util.List;

/** Puts the last events of streamed images together. Each has one image, with the usage of that image alone. Not thread-safe. */
final class ImageParts {

    /** The members of an image; all others are those of the response. */
    private static final List<String> OF_IMAGE = List.of("b64_json", "url", "revised_prompt");

    private final ObjectNode whole = Json.MAPPER.createObjectNode();
    private final ArrayNode images = Json.MAPPER.createArrayNode();

    /** Adds an event without its type. Returns the response with all images so far. */
    ObjectNode with(ObjectNode event) {
        ObjectNode image = images.addObject();
        for (String member : OF_IMAGE) {
            if (event.has(member)) {
                image.set(member, event.remove(member));
            }
        }
        event.remove(List.of("sequence_number", "partial_image_index"));
        event.properties().forEach(member -> add(member.getKey().equals("created_at") ? "created" : member.getKey(), member.getValue()));
        whole.set("data", images);
        return whole;
    }

    private void add(String name, JsonNode value) {
        if (whole.get(name) instanceof ObjectNode sum && value instanceof ObjectNode more) {
            add(more, sum);
        } else {
            whole.set(name, value);
        }
    }

    private static void add(ObjectNode counts, ObjectNode sum) {
        counts.properties().forEach(member -> {
            JsonNode known = sum.get(member.getKey());
            if (known instanceof ObjectNode details && member.getValue() instanceof ObjectNode more) {
                add(more, details);
            } else {
                sum.set(member.getKey(), sum(known, member.getValue()));
            }
        });
    }

    /** Counts and costs add up; of anything else, such as a text, the last one counts. */
    private static JsonNode sum(JsonNode known, JsonNode more) {
        if (known == null || !known.isNumber() || !more.isNumber() || !Double.isFinite(known.asDouble()) || !Double.isFinite(more.asDouble())) {
            return more;
        }
        return known.isIntegralNumber() && more.isIntegralNumber() ? LongNode.valueOf(known.asLong() + more.asLong())
                : DecimalNode.valueOf(known.decimalValue().add(more.decimalValue()));
    }
}
