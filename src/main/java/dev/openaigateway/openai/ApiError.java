package dev.openaigateway.openai;

import java.time.Duration;
import java.util.List;

/**
 * An OpenAI error object and the HTTP status it is sent with.
 *
 * @param param      the invalid request member, or null
 * @param code       the machine-readable code, or null
 * @param retryAfter time after which a retry may succeed, or null
 * @param attempts   the upstream attempts; empty if there were none
 */
public record ApiError(
        int status,
        String message,
        String type,
        String param,
        String code,
        Duration retryAfter,
        List<AttemptReport> attempts) {

    public ApiError {
        attempts = List.copyOf(attempts);
    }

    public ApiError(int status, String message, String type, String param, String code) {
        this(status, message, type, param, code, null, List.of());
    }

    /** A copy with a time after which to retry; null if it is unknown. */
    public ApiError after(Duration wait) {
        return new ApiError(status, message, type, param, code, wait, attempts);
    }

    /** A copy with the upstream attempts. */
    public ApiError having(List<AttemptReport> tried) {
        return new ApiError(status, message, type, param, code, retryAfter, tried);
    }

    public ApiException exception() {
        return new ApiException(this);
    }
}
