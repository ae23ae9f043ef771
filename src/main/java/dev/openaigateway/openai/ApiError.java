package dev.openaigateway.openai;

import java.time.Duration;
import java.util.List;

/**
 * One OpenAI error object with the status it is sent under.
 *
 * @param param      the request member at fault, or null
 * @param code       machine-readable, or null
 * @param retryAfter how long to wait before another try helps, or null
 * @param attempts   what was tried upstream; empty where nothing was
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

    public ApiError after(Duration wait) {
        return new ApiError(status, message, type, param, code, wait, attempts);
    }

    public ApiError having(List<AttemptReport> tried) {
        return new ApiError(status, message, type, param, code, retryAfter, tried);
    }

    public ApiException exception() {
        return new ApiException(this);
    }
}
