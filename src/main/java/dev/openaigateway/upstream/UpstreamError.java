package dev.openaigateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What an upstream's error body says.
 *
 * @param wellFormed whether it is an OpenAI error object, fit to be shown as it is
 * @param message    its message, or the text of a body that is none; may be empty
 * @param code       its code, else its type; may be empty
 */
record UpstreamError(boolean wellFormed, String message, String code) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static UpstreamError read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode error = root == null ? null : root.get("error");
            if (error != null && error.isObject()) {
                String code = error.path("code").asText("");
                return new UpstreamError(true, error.path("message").asText(""),
                        code.isEmpty() ? error.path("type").asText("") : code);
            }
            if (error != null && error.isTextual()) {
                return new UpstreamError(false, error.asText(), "");
            }
        } catch (IOException e) {
            return new UpstreamError(false, text(body), "");
        }
        return new UpstreamError(false, text(body), "");
    }

    boolean outOfCredit() {
        return code.equals("insufficient_quota") || code.equals("billing_hard_limit_reached");
    }

    /** Markup is no message. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.startsWith("<") ? "" : text;
    }
}
