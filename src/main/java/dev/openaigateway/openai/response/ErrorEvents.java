package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes an upstream's error in the forms of OpenAI's protocols. */
final class ErrorEvents {

    static final String SEQUENCE = "sequence_number";
    private static final String UNKNOWN_CODE = "server_error";

    private ErrorEvents() {
    }

    /**
     * The events of the Responses API.
     *
     * @param original    the JSON of the error
     * @param begun       the response as it was announced; anything else if there was none
     * @param number      the sequence number of the first event
     * @param insideEvent whether an incomplete event has to be closed first
     */
    static byte[] ofResponse(JsonNode original, UpstreamError error, JsonNode begun, long number, boolean insideEvent) {
        StringBuilder text = new StringBuilder(insideEvent ? "\n\n" : "");
        append(text, flat(original, error, number));
        if (begun instanceof ObjectNode response) {
            append(text, failed(response, error, number + 1));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** An event that is flat already keeps its members. */
    private static ObjectNode flat(JsonNode original, UpstreamError error, long number) {
        boolean flat = original instanceof ObjectNode && original.path("message").isTextual();
        ObjectNode event = Json.MAPPER.createObjectNode().put("type", StreamEventReader.ERROR);
        event.put("code", orNull(error.code().isEmpty() ? error.type() : error.code())).put("message", message(error))
                .put("param", orNull(error.param())).put(SEQUENCE, number);
        return flat ? event.setAll((ObjectNode) original) : event;
    }

    private static ObjectNode failed(ObjectNode begun, UpstreamError error, long number) {
        ObjectNode response = begun.put("status", "failed");
        String code = error.code().isEmpty() ? error.type() : error.code();
        response.putObject("error").put("code", code.isEmpty() ? UNKNOWN_CODE : code).put("message", message(error));
        ObjectNode event = Json.MAPPER.createObjectNode().put("type", StreamEvent.RESPONSE_FAILED).put(SEQUENCE, number);
        event.set("response", response);
        return event;
    }

    private static void append(StringBuilder text, ObjectNode event) {
        text.append("event: ").append(event.path("type").textValue()).append("\ndata: ").append(event).append("\n\n");
    }

    /** The body of an error response. */
    static byte[] errorObject(UpstreamError error) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("error").put("message", message(error)).put("type", error.type().isEmpty() ? UNKNOWN_CODE : error.type())
                .put("param", orNull(error.param())).put("code", orNull(error.code()));
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String message(UpstreamError error) {
        return error.message().isEmpty() ? Errors.streamBroken().message() : error.message();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
