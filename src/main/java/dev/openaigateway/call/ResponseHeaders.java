package dev.openaigateway.call;

import java.util.LinkedHashMap;
import java.util.Map;

/** The gateway's own response headers. The request id is not among them: it is set when the request arrives. */
public final class ResponseHeaders {

    /** Makes nginx and others pass on a response without buffering it. */
    private static final String PROXY_BUFFERING = "x-accel-buffering";

    private ResponseHeaders() {
    }

    /** The headers of a response whose attempts have all ended. */
    public static Map<String, String> of(Call call) {
        return of(call, call.result().isRelayed());
    }

    /** @param relayed whether the client gets the upstream's headers, with its response or with its error */
    private static Map<String, String> of(Call call, boolean relayed) {
        RelayedHeaders upstream = call.result().relayedHeaders();
        Map<String, String> headers = relayed ? new LinkedHashMap<>(upstream.values()) : new LinkedHashMap<>();
        if (upstream.requestId() != null) {
            headers.put(ResponseHeaderNames.UPSTREAM_REQUEST_ID, upstream.requestId());
        }
        if (call.request().operation() != null) {
            headers.put(ResponseHeaderNames.ATTEMPTS, String.valueOf(call.result().attempts().size()));
        }
        if (call.result().instance() != null) {
            headers.put(ResponseHeaderNames.INSTANCE, call.result().instance());
        }
        if (call.received().alias() != null) {
            headers.put(ResponseHeaderNames.ALIAS, call.received().alias());
        }
        if (call.labels().traceId() != null) {
            headers.put(ResponseHeaderNames.TRACE_ID, call.labels().traceId());
        }
        model(headers, call, call.result().model());
        if (call.showsAttempts()) {
            headers.put(AttemptsText.HEADER, AttemptsText.of(call.result(), null, null));
        }
        limit(headers, "tokens", call.limitReadings().tokens());
        limit(headers, "requests", call.limitReadings().requests());
        return headers;
    }

    /** Set only if the model requested from the instance is another one than the client named, and if a header can hold its name. */
    private static void model(Map<String, String> headers, Call call, String asked) {
        if (asked != null && !asked.equals(call.received().requestedModel()) && asked.chars().allMatch(c -> c > ' ' && c < 127)) {
            headers.put(ResponseHeaderNames.MODEL, asked);
        }
    }

    private static void limit(Map<String, String> headers, String unit, LimitReading reading) {
        if (reading == null) {
            return;
        }
        headers.remove("x-ratelimit-reset-" + unit);
        headers.put("x-ratelimit-limit-" + unit, String.valueOf(reading.limit()));
        headers.put("x-ratelimit-remaining-" + unit, String.valueOf(reading.remaining()));
        if (reading.resetMillis() >= 0) {
            headers.put("x-ratelimit-reset-" + unit, GoDuration.of(reading.resetMillis()));
        }
    }

    /** The headers of a stream that has not begun. They name the instance and the model of the running attempt. */
    public static Map<String, String> ofStream(Call call, String instance, String model) {
        Map<String, String> headers = ofAttempt(call, instance, model);
        headers.put("content-type", "text/event-stream; charset=utf-8");
        headers.put("cache-control", "no-cache");
        headers.put(PROXY_BUFFERING, "no");
        return headers;
    }

    /** As {@link #ofAttempt}, for a response that proxies must not hold back either. */
    public static Map<String, String> ofBytes(Call call, String instance, String model) {
        Map<String, String> headers = ofAttempt(call, instance, model);
        headers.put(PROXY_BUFFERING, "no");
        return headers;
    }

    /**
     * The headers of a response that is passed on before its attempt has ended.
     *
     * @param instance the instance of the running attempt; null if it is unknown
     * @param model    the model requested from it; null with the instance
     */
    public static Map<String, String> ofAttempt(Call call, String instance, String model) {
        Map<String, String> headers = of(call, instance != null);
        headers.put(ResponseHeaderNames.ATTEMPTS, String.valueOf(call.result().attempts().size() + 1));
        if (instance != null) {
            headers.put(ResponseHeaderNames.INSTANCE, instance);
            headers.remove(ResponseHeaderNames.MODEL);
            model(headers, call, model);
            if (call.showsAttempts()) {
                headers.put(AttemptsText.HEADER, AttemptsText.of(call.result(), instance,
                        model == null || model.equals(call.received().requestedModel()) ? null : model));
            }
        }
        return headers;
    }
}
