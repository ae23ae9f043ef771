package dev.openaigateway.openai;

/** The {@code type} values of OpenAI's error objects. */
final class ErrorType {

    static final String INVALID_REQUEST = "invalid_request_error";
    static final String SERVER = "server_error";
    static final String TOKENS = "tokens";
    static final String REQUESTS = "requests";

    private ErrorType() {
    }
}
