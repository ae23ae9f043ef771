package dev.openaigateway.openai;

import static dev.openaigateway.openai.ErrorType.INVALID_REQUEST;

/** The errors of requests that are wrong as HTTP: wording, status, type and code. */
public final class HttpErrors {

    private HttpErrors() {
    }

    public static ApiError methodNotAllowed(String method, String allowed) {
        return new ApiError(405, "The method " + method + " is not allowed at this path; use " + allowed + ".",
                INVALID_REQUEST, null, "method_not_allowed");
    }

    public static ApiError noWebSocket() {
        return new ApiError(426, "WebSockets are not served here. Responses are served by POST over HTTP/1.1; the Realtime API is not served.",
                INVALID_REQUEST, null, "websocket_not_supported");
    }

    public static ApiError bodyTooLarge(long limit) {
        return new ApiError(413, "The request body is larger than " + limit + " bytes.",
                INVALID_REQUEST, null, "request_too_large");
    }

    public static ApiError expandsTooMuch() {
        return new ApiError(413, "The compressed request body expands too much, or consists of nearly empty frames.",
                INVALID_REQUEST, null, "request_too_large");
    }

    public static ApiError requestTimeout() {
        return new ApiError(408, "The request did not arrive in time.", INVALID_REQUEST, null, "request_timeout");
    }

    public static ApiError unsupportedMediaType(String expected) {
        return new ApiError(415, "The Content-Type must be " + expected + ".",
                INVALID_REQUEST, null, "unsupported_media_type");
    }

    public static ApiError unsupportedEncoding(String expected) {
        return new ApiError(415, "The Content-Encoding must be " + expected + ", or there must be none.",
                INVALID_REQUEST, null, "unsupported_content_encoding");
    }

    public static ApiError notEncoded() {
        return malformedRequest(400, "The request body is not in the format that its Content-Encoding names.");
    }

    public static ApiError malformed() {
        return malformedRequest(400, "The request is malformed.");
    }

    public static ApiError notHttp() {
        return malformedRequest(400, "The request is not well-formed HTTP.");
    }

    public static ApiError endedEarly() {
        return malformedRequest(400, "The request did not come to its end.");
    }

    public static ApiError unknownTransferEncoding() {
        return malformedRequest(400, "The only Transfer-Encoding known here is 'chunked'.");
    }

    public static ApiError twoHosts() {
        return malformedRequest(400, "The request has more than one Host header.");
    }

    public static ApiError lineTooLong() {
        return malformedRequest(414, "The request line is too long.");
    }

    public static ApiError unknownExpectation() {
        return malformedRequest(417, "The only expectation known here is '100-continue'.");
    }

    public static ApiError headTooLarge() {
        return malformedRequest(431, "The request's header fields are too large.");
    }

    public static ApiError unknownVersion() {
        return malformedRequest(505, "The versions of HTTP served here are 1.0 and 1.1.");
    }

    public static ApiError malformedRequest(int status, String what) {
        return new ApiError(status, what, INVALID_REQUEST, null, "bad_request");
    }

    /** @param operators whether the endpoint is one of operators */
    public static ApiError foreignOrigin(boolean operators) {
        return new ApiError(403, "Requests from web pages of another origin are refused " + (operators
                ? "here. To allow this origin, set admin.token and add the origin to cors.allowed_origins."
                : "without client keys. To allow this origin, add it to cors.allowed_origins."), INVALID_REQUEST, null, "foreign_origin");
    }

    public static ApiError foreignHost() {
        return new ApiError(403, "Without client keys, only requests to a host name of this machine are served. List yours under clients.allowed_hosts.",
                INVALID_REQUEST, null, "foreign_host");
    }
}
