package dev.openaigateway.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished request, however it ended. Holds neither keys nor prompts.
 *
 * @param time             when it was finished
 * @param client           the client's name; {@code anonymous} while no keys are configured; null if it was refused as unknown
 * @param operation        the path behind {@code /v1/} without ids, such as {@code chat/completions}
 * @param model            as the client wrote it; null if it could not be read
 * @param instance         the one whose answer the client got; null if it got the gateway's own
 * @param attempts         instances that were tried
 * @param status           as the client saw it; 499 if it left before the answer was whole
 * @param error            the kind of failure, one word such as {@code rate_limit_exceeded}; null for a success
 * @param latency          from the request's arrival to the answer's last byte
 * @param timeToFirstToken to the answer's first content; null where there was none
 */
public record UsageRecord(
        Instant time,
        String requestId,
        String client,
        String operation,
        String model,
        String instance,
        int attempts,
        int status,
        String error,
        boolean stream,
        long promptTokens,
        long completionTokens,
        Duration latency,
        Duration timeToFirstToken) {

    public boolean failed() {
        return error != null || status >= 400;
    }

    /** What failed, as one word; the status where nothing better is known. */
    public String errorKind() {
        return error != null ? error : "status_" + status;
    }

    /** Whether it says how fast a model begins: an answer in one piece begins when it is complete. */
    boolean timesFirstToken() {
        return stream && timeToFirstToken != null;
    }

    /** Attempts after the first. */
    public int retries() {
        return Math.max(0, attempts - 1);
    }

    /** Numbers, flags and text by name, ready for JSON and for SQL parameters; absent values are null. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(32);
        fields.put("time", time.toString());
        addDetails(fields);
        return fields;
    }

    /** All but the time. */
    public void addDetails(Map<String, Object> fields) {
        fields.put("request_id", requestId);
        fields.put("client", client);
        fields.put("operation", operation);
        fields.put("model", model);
        fields.put("instance", instance);
        fields.put("attempts", attempts);
        fields.put("status", status);
        fields.put("error", failed() ? errorKind() : null);
        fields.put("stream", stream);
        fields.put("prompt_tokens", promptTokens);
        fields.put("completion_tokens", completionTokens);
        fields.put("duration_ms", Milliseconds.of(latency));
        fields.put("first_token_ms", timeToFirstToken == null ? null : Milliseconds.of(timeToFirstToken));
    }
}
