package dev.openaigateway.relay;

import dev.openaigateway.api.Call;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers the gateway itself puts on every answer. */
public final class AnswerHeaders {

    private AnswerHeaders() {
    }

    public static Map<String, String> of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", call.requestId());
        if (call.operation() != null) {
            headers.put("x-gateway-attempts", String.valueOf(call.attempts().size()));
        }
        if (call.instance() != null) {
            headers.put("x-gateway-instance", call.instance());
        }
        return headers;
    }

    /** Those of a stream that has not begun: the instance named is the one that is being asked. */
    public static Map<String, String> ofStream(Call call, String instance) {
        Map<String, String> headers = of(call);
        headers.put("content-type", "text/event-stream; charset=utf-8");
        headers.put("cache-control", "no-cache");
        headers.put("x-gateway-attempts", String.valueOf(call.attempts().size() + 1));
        if (instance != null) {
            headers.put("x-gateway-instance", instance);
        }
        return headers;
    }
}
