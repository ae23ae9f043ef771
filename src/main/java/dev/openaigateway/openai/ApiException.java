package dev.openaigateway.openai;

/** Ends a request with an error response. Has no stack trace, since it does not indicate a fault of the gateway. */
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
