package dev.openaigateway.upstream.errors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.IOException;

/**
 * What providers add to OpenAI's error object: Azure an {@code innererror}, OpenRouter {@code metadata}, Google {@code details}.
 *
 * @param error the error object; missing if there is none
 */
public record ErrorDetails(JsonNode error) {

    public static ErrorDetails of(UpstreamError error) {
        if (error.body() == null) {
            return new ErrorDetails(MissingNode.getInstance());
        }
        try {
            return new ErrorDetails(Json.MAPPER.readTree(error.body()).path("error"));
        } catch (IOException e) {
            return new ErrorDetails(MissingNode.getInstance());
        }
    }

    /** Whether a filter or a moderation is named as the cause. */
    boolean isFiltered() {
        JsonNode inner = error.has("innererror") ? error.path("innererror") : error.path("inner_error");
        return inner.path("code").asText().equals("ResponsibleAIPolicyViolation") || inner.has("content_filter_result")
                || !error.at("/metadata/reasons").isEmpty();
    }

    /** Google's code, such as {@code API_KEY_INVALID}; empty if there is none. Its {@code code} is the status. */
    String reason() {
        return ofDetails("reason");
    }

    /** The time to wait, such as {@code 34s}; empty if there is none. */
    public String retryDelay() {
        return ofDetails("retryDelay");
    }

    private String ofDetails(String member) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path(member).isTextual()) {
                return detail.path(member).asText();
            }
        }
        return "";
    }
}
