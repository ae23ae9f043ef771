package dev.openaigateway.call.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;

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
        return isJson(value) && !isScalar(value) ? written(value) : value.toString();
    }

    /** The same; a file or a stream as its content, which Camel reads. */
    public static String text(Object value, Exchange exchange) {
        boolean isOfCamel = value != null && !(value instanceof CharSequence) && !(value instanceof byte[]) && !(value instanceof Buffer) && !isJson(value);
        String converted = isOfCamel ? exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value) : null;
        return converted == null ? text(value) : converted;
    }

    /** The JSON: numbers, booleans, lists and objects keep their type, anything else is a text. */
    public static String json(Object value, Exchange exchange) {
        return value == null ? "null" : written(isJson(value) ? value : text(value, exchange));
    }

    private static boolean isJson(Object value) {
        return isScalar(value) || value instanceof JsonNode || value instanceof Map || value instanceof Collection || value.getClass().isArray() && !(value instanceof byte[]);
    }

    private static boolean isScalar(Object value) {
        return value instanceof Number || value instanceof Boolean;
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
