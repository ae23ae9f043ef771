package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes an upstream's error in the forms of OpenAI's protocols. */
final class ErrorEventWriter {

    static final String SEQUENCE = "sequence_number";
    private static final String UNKNOWN_CODE = "server_error";

    private ErrorEventWriter() {
    }

    /**
     * The events of the Responses API. Without an announced response no {@code response.failed} follows. SDKs yield an event with flat
     * members only, and raise one that has a member {@code error}. So the gateway's own event has one: else the stream would seem to end
     * without an error. An upstream's own flat event goes on as it is, but an error object without an event around it gets the type of one.
     *
     * @param original    the JSON of the error
     * @param begun       the response as it was announced; anything else if there was none
     * @param number      the sequence number of the first event
     * @param insideEvent whether an incomplete event has to be closed first
     */
    static byte[] ofResponse(JsonNode original, UpstreamError error, JsonNode begun, long number, boolean insideEvent) {
        StringBuilder text = beginning(insideEvent);
        ObjectNode event = flat(error).put(SEQUENCE, number);
        if (isFlat(original)) {
            addOriginal(event, (ObjectNode) original);
        }
        if (begun instanceof ObjectNode response) {
            append(text, event);
            append(text, failed(response, error, number + 1));
        } else {
            append(text, isFlat(original) ? event : withObject(event, original, error));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The event of the Responses API where the response goes on without the stream: it has no number, and the response has not failed. */
    static byte[] ofUnfinished(JsonNode original, UpstreamError error, boolean insideEvent) {
        StringBuilder text = beginning(insideEvent);
        append(text, withObject(flat(error), original, error));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder beginning(boolean insideEvent) {
        return new StringBuilder(insideEvent ? "\n\n" : "");
    }

    private static ObjectNode flat(UpstreamError error) {
        return Json.MAPPER.createObjectNode().put("type", StreamEventReader.ERROR).put("code", orNull(error.code().isEmpty() ? error.type() : error.code()))
                .put("message", message(error)).put("param", orNull(error.param()));
    }

    private static ObjectNode withObject(ObjectNode event, JsonNode original, UpstreamError error) {
        return event.set("error", original.path("error").isObject() ? original.path("error") : object(error));
    }

    private static void addOriginal(ObjectNode event, ObjectNode original) {
        ObjectNode members = original.deepCopy();
        if (!StreamEventReader.ERROR.equals(original.path("type").textValue())) {
            members.remove(List.of("type", "code"));
        }
        event.setAll(members);
    }

    private static boolean isFlat(JsonNode original) {
        return original.path("message").isTextual();
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
        try {
            return Json.MAPPER.writeValueAsBytes(Json.MAPPER.createObjectNode().set("error", object(error)));
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(UpstreamError error) {
        return Json.MAPPER.createObjectNode().put("message", message(error)).put("type", error.type().isEmpty() ? UNKNOWN_CODE : error.type())
                .put("param", orNull(error.param())).put("code", orNull(error.code()));
    }

    private static String message(UpstreamError error) {
        return error.message().isEmpty() ? Errors.streamBroken().message() : error.message();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
