package dev.openaigateway.call;

import dev.openaigateway.openai.GoDuration;

import java.util.LinkedHashMap;
import java.util.Map;

/** The gateway's own response headers. The request id is not among them: it is set when the request arrives. */
public final class ResponseHeaders {

    /** Tells nginx and others to pass on a response as it comes. */
    private static final String PROXY_BUFFERING = "x-accel-buffering";

    private ResponseHeaders() {
    }

    /** The headers of a response whose attempts have all ended. */
    public static Map<String, String> of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (call.request().operation() != null) {
            headers.put("x-gateway-attempts", String.valueOf(call.result().attempts().size()));
        }
        if (call.result().instance() != null) {
            headers.put("x-gateway-instance", call.result().instance());
        }
        limit(headers, "tokens", call.limitReadings().tokens());
        limit(headers, "requests", call.limitReadings().requests());
        return headers;
    }

    private static void limit(Map<String, String> headers, String unit, LimitReading reading) {
        if (reading == null) {
            return;
        }
        headers.put("x-ratelimit-limit-" + unit, String.valueOf(reading.limit()));
        headers.put("x-ratelimit-remaining-" + unit, String.valueOf(reading.remaining()));
        if (reading.resetMillis() >= 0) {
            headers.put("x-ratelimit-reset-" + unit, GoDuration.of(reading.resetMillis()));
        }
    }

    /** The headers of a stream that has not begun. They name the instance of the running attempt. */
    public static Map<String, String> ofStream(Call call, String instance) {
        Map<String, String> headers = ofAttempt(call, instance);
        headers.put("content-type", "text/event-stream; charset=utf-8");
        headers.put("cache-control", "no-cache");
        headers.put(PROXY_BUFFERING, "no");
        return headers;
    }

    /** The headers of a response of another kind that is passed on as it comes. The arguments are those of {@link #ofAttempt}. */
    public static Map<String, String> ofBytes(Call call, String instance) {
        Map<String, String> headers = ofAttempt(call, instance);
        headers.put(PROXY_BUFFERING, "no");
        return headers;
    }

    /**
     * The headers of a response that is passed on before its attempt has ended.
     *
     * @param instance the instance of the running attempt; null if it is unknown
     */
    public static Map<String, String> ofAttempt(Call call, String instance) {
        Map<String, String> headers = of(call);
        headers.put("x-gateway-attempts", String.valueOf(call.result().attempts().size() + 1));
        if (instance != null) {
            headers.put("x-gateway-instance", instance);
        }
        return headers;
    }
}
