package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.UpstreamError;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes errors as events of the stream that a client receives, in the form of its protocol. A stream of the Responses API gets
 * an {@code error} event with flat members, and {@code response.failed} if a response was announced. Every other stream gets
 * an event with an error object. One per request; not thread-safe.
 */
public final class StreamErrors {

    private static final String UNKNOWN_CODE = "server_error";
    private static final String SEQUENCE = "sequence_number";

    private final boolean ofResponses;
    private byte[] announced;
    private long events;

    public StreamErrors(Operation operation) {
        this.ofResponses = operation == Operation.RESPONSES;
    }

    /** Counts an event that the client received. */
    public void sent() {
        events++;
    }

    /** Whether {@link #announced} needs the data of the announcement. */
    public boolean awaitsAnnouncement() {
        return ofResponses && announced == null;
    }

    /**
     * The client receives an event that announces a response.
     *
     * @param data the data of the event; may be anything if it is not readable
     */
    public void announced(byte[] data) {
        announced = data;
        events = 0;
    }

    /**
     * The events that report an error.
     *
     * @param error       the error in any form, such as the body of an error response; its code and message are kept
     * @param insideEvent whether an incomplete event was sent before and has to be closed first
     */
    public byte[] events(byte[] error, boolean insideEvent) {
        UpstreamError read = UpstreamError.read(error);
        if (!ofResponses) {
            return SseWriter.of(isErrorObject(error) ? error : errorObject(read), insideEvent);
        }
        StringBuilder text = new StringBuilder(insideEvent ? "\n\n" : "");
        JsonNode response = response();
        long number = (announced == null ? 0 : tree(announced).path(SEQUENCE).asLong()) + events;
        append(text, flat(tree(error), read, number));
        if (response instanceof ObjectNode begun) {
            append(text, failed(begun, read, number + 1));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The response as it was announced; missing if there was none. */
    private JsonNode response() {
        return announced == null ? Json.MAPPER.missingNode() : tree(announced).path("response");
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

    private static boolean isErrorObject(byte[] error) {
        return tree(error).path("error").path("message").isTextual();
    }

    private static byte[] errorObject(UpstreamError error) {
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

    private static JsonNode tree(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
