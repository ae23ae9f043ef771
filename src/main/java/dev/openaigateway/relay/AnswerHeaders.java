package dev.openaigateway.relay;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.LimitReading;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers the gateway itself puts on every answer, beside the request's id, which is there from the beginning. */
public final class AnswerHeaders {

    private AnswerHeaders() {
    }

    public static Map<String, String> of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (call.operation() != null) {
            headers.put("x-gateway-attempts", String.valueOf(call.attempts().size()));
        }
        if (call.instance() != null) {
            headers.put("x-gateway-instance", call.instance());
        }
        limit(headers, "tokens", call.limits().tokens());
        limit(headers, "requests", call.limits().requests());
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

    /** Those of a stream that has not begun: the instance named is the one that is being asked. */
    public static Map<String, String> ofStream(Call call, String instance) {
        Map<String, String> headers = ofAttempt(call, instance);
        headers.put("content-type", "text/event-stream; charset=utf-8");
        headers.put("cache-control", "no-cache");
        return headers;
    }

    /** Those of an answer that is sent on before its attempt has ended. */
    static Map<String, String> ofAttempt(Call call, String instance) {
        Map<String, String> headers = of(call);
        headers.put("x-gateway-attempts", String.valueOf(call.attempts().size() + 1));
        if (instance != null) {
            headers.put("x-gateway-instance", instance);
        }
        return headers;
    }
}
