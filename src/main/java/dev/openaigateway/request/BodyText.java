package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.call.rule.RuleValue;
import io.vertx.core.buffer.Buffer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** The text of a message body that a rule has set: of any type that can be converted to text or JSON. Thread-safe. */
public final class BodyText {

    private BodyText() {
    }

    /**
     * The bytes of the text, in UTF-8. A stream is read to its end.
     *
     * @param body a text, bytes, a stream, or a JSON document as map, collection or {@link JsonNode}
     * @throws IllegalArgumentException for any other type, and for null; the message says so
     */
    public static byte[] bytes(Object body) {
        try {
            if (body instanceof byte[] bytes) {
                return bytes;
            } else if (body instanceof CharSequence || body instanceof JsonNode node && node.isTextual()) {
                return RuleValue.text(body).getBytes(StandardCharsets.UTF_8);
            } else if (body instanceof Map || body instanceof Collection || body instanceof JsonNode) {
                return Json.MAPPER.writeValueAsBytes(body);
            } else if (body instanceof InputStream stream) {
                return stream.readAllBytes();
            } else if (body instanceof Buffer buffer) {
                return buffer.getBytes();
            } else if (body instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return bytes;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("The message body cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(body == null ? "The message body is empty."
                : "The message body is of type " + body.getClass().getName() + ", which is neither text nor JSON.");
    }

    /** Created on first use, to keep it out of the start-up time (benchmark row "start to first response"). */
    private static final class Json {

        static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
