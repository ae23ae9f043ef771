package dev.openaigateway.openai;

/** Ends a request with an error object. Carries no stack trace: it is an answer, not a fault of the gateway. */
public final class ApiException extends RuntimeException {

    private final transient ApiError error;

    public ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
