package dev.openaigateway.call;

import dev.openaigateway.openai.ApiError;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of an error that say whether, and when, to try again. */
public final class ErrorHeaders {

    private ErrorHeaders() {
    }

    public static Map<String, String> of(ApiError error) {
        return of(error.retryAfter(), error.retryHint());
    }

    /**
     * The same for an error whose body is the upstream's.
     *
     * @param retryAfter in {@code retry-after} as whole seconds, rounded up; null if it is unknown
     * @param retryHint  {@code true} or {@code false}; null for none
     */
    public static Map<String, String> of(Duration retryAfter, String retryHint) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (retryAfter != null) {
            headers.put(ResponseHeaderNames.RETRY_AFTER, String.valueOf((retryAfter.toMillis() + 999) / 1000));
            headers.put(ResponseHeaderNames.RETRY_AFTER_MS, String.valueOf(retryAfter.toMillis()));
        }
        if (retryHint != null) {
            headers.put(ResponseHeaderNames.SHOULD_RETRY, retryHint);
        }
        return headers;
    }
}
