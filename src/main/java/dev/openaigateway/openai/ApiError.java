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
 * @param retryHint  {@code true} or {@code false} for the header {@code x-should-retry}, which clients obey; null for none
 */
public record ApiError(
        int status,
        String message,
        String type,
        String param,
        String code,
        Duration retryAfter,
        List<AttemptReport> attempts,
        String retryHint) {

    public ApiError {
        attempts = List.copyOf(attempts);
    }

    public ApiError(int status, String message, String type, String param, String code) {
        this(status, message, type, param, code, null, List.of(), null);
    }

    /** A copy with a time after which to retry; null if it is unknown. */
    public ApiError after(Duration wait) {
        return new ApiError(status, message, type, param, code, wait, attempts, retryHint);
    }

    /** A copy with the upstream attempts. */
    public ApiError having(List<AttemptReport> tried) {
        return new ApiError(status, message, type, param, code, retryAfter, tried, retryHint);
    }

    /** A copy with the hint; null for none. */
    public ApiError withRetryHint(String hint) {
        return new ApiError(status, message, type, param, code, retryAfter, attempts, hint);
    }

    /** A copy with the type, code and parameter of the upstream's error, each where it has one. A status or a sentence is no code. */
    public ApiError specifiedBy(UpstreamError upstream) {
        return new ApiError(status, message, upstream.type().isEmpty() ? type : upstream.type(), upstream.param().isEmpty() ? param : upstream.param(),
                upstream.code().matches("(?![0-9]+$)[\\w.-]{1,64}") ? upstream.code() : code, retryAfter, attempts, retryHint);
    }

    /** A copy that asks the client not to retry. */
    public ApiError notRetryable() {
        return withRetryHint("false");
    }

    public ApiException exception() {
        return new ApiException(this);
    }
}
