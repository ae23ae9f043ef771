package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.sse.SseWriter;

/**
 * Writes errors as events of the stream that a client receives, in the form of its protocol. A stream of the Responses API gets
 * an {@code error} event with flat members, and {@code response.failed} if a response was announced. A stream
 * of a response that goes on without it gets an {@code error} event without a number: the numbers after the last event are those of events to
 * come, after which a client may ask for the rest. Every other stream gets an event with an error object. One per request; not thread-safe.
 */
public final class StreamErrorReporter {

    private final boolean ofResponses;
    private final boolean resumable;
    private byte[] announced;
    private long events;

    /** @param resumable whether the client can resume the stream, since the upstream goes on with the response */
    public StreamErrorReporter(Operation operation, boolean resumable) {
        this.ofResponses = operation == Operation.RESPONSES;
        this.resumable = resumable;
    }

    /** Counts an event that the client received. */
    public void sent() {
        events++;
    }

    /** Whether {@link #announced} needs the data of the announcement. */
    public boolean awaitsAnnouncement() {
        return ofResponses && announced == null;
    }

    /** The data of the event that announced a response which ends with the stream; null if there was none. May be anything if it was not readable. */
    public byte[] announcement() {
        return resumable ? null : announced;
    }

    /** The number in the sequence that the next event has. */
    public long nextNumber() {
        return (announced == null ? 0 : LooseJson.tree(announced).path(ErrorEventWriter.SEQUENCE).asLong()) + events;
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
        JsonNode original = LooseJson.tree(error);
        if (ofResponses && resumable && !original.has(ErrorEventWriter.SEQUENCE)) {
            return ErrorEventWriter.ofUnfinished(original, read, insideEvent);
        }
        if (!ofResponses) {
            return SseWriter.of(original.path("error").path("message").isTextual() ? error : ErrorEventWriter.errorObject(read), insideEvent);
        }
        return ErrorEventWriter.ofResponse(original, read, response(), nextNumber(), insideEvent);
    }

    /** The response as it was announced; missing if there was none, or if it goes on. */
    private JsonNode response() {
        return announced == null || resumable ? Json.MAPPER.missingNode() : LooseJson.tree(announced).path("response");
    }
}
