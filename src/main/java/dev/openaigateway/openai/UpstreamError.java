package dev.openaigateway.openai;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An upstream's error body.
 *
 * @param body    the error as an OpenAI error object, which can be relayed unchanged; null if the upstream sent anything else
 * @param message the error's message, or the text of any other body; may be empty
 * @param code    as OpenAI names it; may be empty
 * @param type    as OpenAI names it; may be empty
 * @param param   the request member that it is about; may be empty
 */
public record UpstreamError(byte[] body, String message, String code, String type, String param) {

    /** The status if neither code nor type imply one. */
    public static final int UNKNOWN_STATUS = 0;

    /** Reads an error in OpenAI's format, also as the only element of a list, as Google sends it. Any other text is its message, unless it is markup. */
    public static UpstreamError read(byte[] body) {
        try {
            JsonNode root = Json.MAPPER.readTree(body);
            if (root != null && root.isArray() && root.size() == 1 && root.get(0).path("error").isObject()) {
                return read(Json.MAPPER.writeValueAsBytes(root.get(0)));
            }
            JsonNode error = root == null ? null : error(root);
            if (error != null && error.isObject()) {
                return new UpstreamError(root.path("error").isObject() ? body : null, error.path("message").asText(""),
                        error.path("code").asText(""), error.path("type").asText(""), error.path("param").asText(""));
            }
            if (error != null && error.isTextual()) {
                return text(error.asText());
            }
        } catch (IOException e) {
            return text(unlessMarkup(body));
        }
        return text(unlessMarkup(body));
    }

    /** The error object. It is a member, the error of a response, or the root itself; null if there is none. */
    private static JsonNode error(JsonNode root) {
        JsonNode ofResponse = root.at("/response/error");
        if (root.hasNonNull("error")) {
            return root.get("error");
        }
        if (!ofResponse.isMissingNode()) {
            return ofResponse;
        }
        return root.path("message").isTextual() || root.path("type").asText().equals("error") ? root : null;
    }

    private static UpstreamError text(String message) {
        return new UpstreamError(null, message, "", "", "");
    }

    /** The body as text; empty for markup, which is not a message. */
    private static String unlessMarkup(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.startsWith("<") ? "" : text;
    }
}
