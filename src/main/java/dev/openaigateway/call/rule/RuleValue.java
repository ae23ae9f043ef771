package dev.openaigateway.call.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * A value that a rule has computed, as text or as JSON. {@code jq} and {@code jsonpath} give values of JSON in types of their own, whose
 * {@code toString} is not the text that they hold. Thread-safe.
 */
public final class RuleValue {

    private RuleValue() {
    }

    /** The text: of a text of JSON without its quotes, of a list or an object its JSON; null if there is no value, or the null of JSON. */
    public static String text(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof JsonNode node) {
            return node.isNull() || node.isMissingNode() ? null : node.isValueNode() ? node.asText() : node.toString();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Buffer buffer) {
            return buffer.toString(StandardCharsets.UTF_8);
        }
        return value instanceof Map || value instanceof Collection ? written(value) : value.toString();
    }

    /** The JSON: numbers, booleans, lists and objects keep their type, anything else is a text. */
    public static String json(Object value) {
        if (value == null) {
            return "null";
        }
        boolean isJson = value instanceof JsonNode || value instanceof Number || value instanceof Boolean || value instanceof Map || value instanceof Collection;
        return written(isJson ? value : text(value));
    }

    /** The header values of JSON as their texts. Camel would send none of such a value, since it is a list of its members to Camel. */
    public static void showAsTexts(Map<String, Object> headers) {
        headers.replaceAll((name, value) -> value instanceof JsonNode ? text(value) : value);
    }

    private static String written(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value instanceof CharSequence ? "\"\"" : written(value.toString());
        }
    }
}
