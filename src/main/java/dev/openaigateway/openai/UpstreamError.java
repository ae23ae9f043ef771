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

    /** Reads an error in OpenAI's format. Any other text is its message, unless it is markup. */
    public static UpstreamError read(byte[] body) {
        try {
            JsonNode root = Json.MAPPER.readTree(body);
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

    /** The HTTP status that OpenAI and Azure use for this error; {@link #UNKNOWN_STATUS} if neither code nor type imply one. */
    public int status() {
        if (code.matches("[45][0-9]{2}")) {
            return Integer.parseInt(code);
        }
        return switch (code) {
            case "invalid_api_key" -> 401;
            case "model_not_found", "DeploymentNotFound" -> 404;
            case "rate_limit_exceeded", "insufficient_quota", "billing_hard_limit_reached" -> 429;
            case "content_filter", "content_policy_violation", "context_length_exceeded", "model_max_prompt_tokens_exceeded", "invalid_prompt" -> 400;
            default -> switch (type) {
                case "tokens", "requests", "rate_limit_error", "insufficient_quota" -> 429;
                case "authentication_error" -> 401;
                case "invalid_request_error", "exceed_context_size_error" -> 400;
                default -> UNKNOWN_STATUS;
            };
        };
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
