package dev.openaigateway.openai;

import dev.openaigateway.text.Excerpt;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import static dev.openaigateway.openai.ErrorType.INVALID_REQUEST;
import static dev.openaigateway.openai.ErrorType.REQUESTS;
import static dev.openaigateway.openai.ErrorType.SERVER;
import static dev.openaigateway.openai.ErrorType.TOKENS;

/** The wording, status, type and code of every error that a client can receive. A {@code wait} is null if it is unknown. */
public final class Errors {

    private Errors() {
    }

    public static ApiError notJson(String why) {
        return invalid(null, null, "We could not parse the JSON body of your request. " + why);
    }

    public static ApiError notMultipart(String why) {
        return invalid(null, null, "We could not parse the multipart form of your request. " + why);
    }

    public static ApiError missing(String param) {
        return invalid(param, "missing_required_parameter", "Missing required parameter: '" + param + "'.");
    }

    public static ApiError duplicated(String param) {
        return invalid(param, "duplicate_parameter", "Parameter '" + param + "' is given more than once.");
    }

    public static ApiError wrongType(String param, String expected) {
        return invalid(param, "invalid_type", "Invalid type for '" + param + "': expected " + expected + ".");
    }

    public static ApiError modelNotFound(String model, Collection<String> served) {
        String hint = served.isEmpty() ? "" : " Models served here: " + String.join(", ", served) + ".";
        return new ApiError(404, "The model `" + Excerpt.printable(model) + "` does not exist or you do not have access to it."
                + hint, INVALID_REQUEST, null, "model_not_found");
    }

    public static ApiError modelNotAllowed(String model) {
        return new ApiError(403, "Your key may not use the model `" + Excerpt.printable(model) + "`.", INVALID_REQUEST, "model", "model_not_allowed");
    }

    public static ApiError sourceNotAllowed() {
        return new ApiError(403, "Your key may not evaluate all that the account has stored. Use a source of type 'file_id' or 'file_content'.",
                INVALID_REQUEST, "data_source.source.type", "source_not_allowed");
    }

    public static ApiError badKey() {
        return new ApiError(401, "Incorrect API key provided.", INVALID_REQUEST, null, "invalid_api_key");
    }

    /** @param reason a sentence without the credential */
    public static ApiError badCredential(String reason) {
        return new ApiError(401, Excerpt.printable(reason), INVALID_REQUEST, null, "invalid_api_key");
    }

    public static ApiError notForOperation(String model, String path) {
        return new ApiError(404, "The model `" + Excerpt.printable(model) + "` is not served at /v1/" + path + ".",
                INVALID_REQUEST, "model", null);
    }

    public static ApiError missingKey() {
        return new ApiError(401, "You didn't provide an API key. Send it as 'Authorization: Bearer KEY' or 'api-key: KEY'.",
                INVALID_REQUEST, null, "invalid_api_key");
    }

    public static ApiError addressBlocked(Duration wait) {
        return new ApiError(403, "Too many wrong keys came from your address; it is blocked for "
                + Math.max(1, (wait.toMillis() + 999) / 1000) + " s.", INVALID_REQUEST, null, "address_blocked").after(wait);
    }

    public static ApiError adminOnly(boolean tokenIsSet) {
        return tokenIsSet
                ? new ApiError(401, "This endpoint needs the admin token, as 'Authorization: Bearer TOKEN' or 'X-Admin-Token: TOKEN'.",
                        INVALID_REQUEST, null, "admin_token_required")
                : new ApiError(403, "No admin token is set, so this endpoint accepts requests from this machine only, without a proxy."
                        + " Set admin.token or ADMIN_TOKEN to use it from elsewhere.",
                        INVALID_REQUEST, null, "admin_local_only");
    }

    public static ApiError readOnlyToken() {
        return new ApiError(403, "The monitor token may look at everything and change nothing. This request needs the admin token.",
                INVALID_REQUEST, null, "read_only_token");
    }

    public static ApiError unknownUrl(String method, String path) {
        return new ApiError(404, "Invalid URL (" + method + " " + Excerpt.printable(path) + "): not served here", INVALID_REQUEST, null, "unknown_url");
    }

    public static ApiError notKept(String what) {
        return new ApiError(404, "This " + what + " does not exist or has expired.", INVALID_REQUEST, null, "not_found");
    }

    public static ApiError objectNotFound(ObjectKind kind, String id) {
        return new ApiError(404, kind.label() + " with id '" + Excerpt.printable(id) + "' not found.", INVALID_REQUEST, null, null);
    }

    public static ApiError previousNotFound(String id) {
        return invalid("previous_response_id", "previous_response_not_found",
                "Previous response with id '" + Excerpt.printable(id) + "' not found.");
    }

    /**
     * Of an instance or a client that an administrator has named.
     *
     * @param hint a further sentence after a space, or empty
     */
    public static ApiError notNamed(String what, String hint) {
        return new ApiError(404, "There is no " + what + " of that name." + hint, INVALID_REQUEST, what, what + "_not_found");
    }

    public static ApiError keyNotFound(String client, String hint) {
        return new ApiError(404, "Client '" + client + "' has no key with that id." + hint, INVALID_REQUEST, "key", "key_not_found");
    }

    /** The error of an upstream that sent no error object; its code, type and parameter are kept. */
    public static ApiError refusedByUpstream(int status, String what, UpstreamError error) {
        return new ApiError(status, what, error.type().isEmpty() ? INVALID_REQUEST : error.type(),
                error.param().isEmpty() ? null : error.param(), !error.code().isEmpty() ? error.code() : status == 404 ? "not_found" : "bad_request");
    }

    public static ApiError contextLength(long limit, long given) {
        return invalid("messages", "context_length_exceeded", "This model's maximum context length is " + limit
                + " tokens. However, your messages resulted in " + given + " tokens. Please reduce the length of the messages.");
    }

    public static ApiError tokenLimit(String whose, long limit, long requested, Duration wait) {
        return new ApiError(429, "Rate limit reached for " + whose + " on tokens per min (TPM): Limit " + limit
                + ", Requested " + requested + "." + tryAgain(wait), TOKENS, null, ErrorCode.RATE_LIMIT_EXCEEDED).after(wait);
    }

    public static ApiError requestLimit(String whose, long limit, Duration wait) {
        return new ApiError(429, "Rate limit reached for " + whose + " on requests per min (RPM): Limit " + limit
                + "." + tryAgain(wait), REQUESTS, null, ErrorCode.RATE_LIMIT_EXCEEDED).after(wait);
    }

    /** @param detail the message of the only instance; empty if there are several */
    public static ApiError allBusy(String detail, Duration wait, List<AttemptReport> attempts) {
        return new ApiError(429, detail.isEmpty() ? "All instances for this model are at their limit." + tryAgain(wait) : detail,
                TOKENS, null, ErrorCode.RATE_LIMIT_EXCEEDED).after(wait).having(attempts);
    }

    public static ApiError noneAvailable(Duration wait, List<AttemptReport> attempts) {
        return new ApiError(503, "No instance for this model can be reached at the moment." + tryAgain(wait),
                SERVER, null, "no_instance_available").after(wait).having(attempts);
    }

    public static ApiError upstreamFailed(int status, String detail, List<AttemptReport> attempts) {
        return new ApiError(status, "The model's upstream failed" + (detail.isEmpty() ? "." : ": " + detail),
                SERVER, null, "upstream_error").having(attempts);
    }

    public static ApiError upstreamTimeout(List<AttemptReport> attempts) {
        return new ApiError(504, "The model's upstream did not respond in time.", SERVER, null, "upstream_timeout")
                .having(attempts);
    }

    public static ApiError upstreamQuota(List<AttemptReport> attempts) {
        return new ApiError(429, "The accounts behind this model are out of credit.",
                "insufficient_quota", null, "insufficient_quota").having(attempts).notRetryable();
    }

    public static ApiError streamBroken() {
        return new ApiError(502, "The model's upstream ended the stream early.", SERVER, null, ErrorCode.UPSTREAM_STREAM_ERROR);
    }

    public static ApiError notAStream() {
        return new ApiError(502, "The model's upstream sent no stream. Request it without 'stream'.", SERVER, null, ErrorCode.UPSTREAM_STREAM_ERROR);
    }

    public static ApiError stopping() {
        return new ApiError(503, "The gateway is stopping.", SERVER, null, ErrorCode.GATEWAY_STOPPING).after(Duration.ofSeconds(1));
    }

    public static ApiError starting() {
        return new ApiError(503, "The gateway is starting.", SERVER, null, "gateway_starting").after(Duration.ofSeconds(1));
    }

    public static ApiError warmingUp() {
        return new ApiError(503, "The gateway is warming up.", SERVER, null, "gateway_starting").after(Duration.ofSeconds(1));
    }

    public static ApiError overloaded(int limit) {
        return new ApiError(503, "The gateway already serves " + limit + " requests.", SERVER, null, "gateway_overloaded")
                .after(Duration.ofSeconds(1));
    }

    /** @param later whether what was needed fits once other requests have ended. If not, the client need not try again. */
    public static ApiError memoryFull(boolean later) {
        return later ? memoryFull() : new ApiError(503, "The gateway has too little memory for this.", SERVER, null, "gateway_overloaded").notRetryable();
    }

    public static ApiError memoryFull() {
        return new ApiError(503, "The gateway has no memory left for further requests.", SERVER, null, "gateway_overloaded")
                .after(Duration.ofSeconds(1));
    }

    /** The process has no file descriptor, port or buffer left for a connection to an upstream. */
    public static ApiError shortage(List<AttemptReport> attempts) {
        return new ApiError(503, "The gateway has no connections left for further requests.", SERVER, null, "gateway_overloaded")
                .after(Duration.ofSeconds(1)).having(attempts);
    }

    public static ApiError limiterUnavailable() {
        return new ApiError(503, "The rate limiter cannot be reached.", SERVER, null, "rate_limiter_unavailable").after(Duration.ofSeconds(1));
    }

    public static ApiError usageRecordsUnavailable() {
        return new ApiError(503, "The database of usage records cannot be read.", SERVER, null, "usage_records_unavailable");
    }

    /** @param traceId of the request's trace; null if it has none */
    public static ApiError internal(String requestId, String traceId) {
        String trace = traceId == null ? "." : ", the trace id " + traceId + ".";
        return new ApiError(500, "The gateway had an error while processing your request. The request id is " + requestId + trace,
                SERVER, null, "internal_error");
    }

    /** The answer of a rule that refuses a request. A null gets the default of the status. */
    public static ApiError rejected(int status, String message, String type, String param, String code) {
        String usual = status >= 500 ? SERVER : status == 429 ? REQUESTS : INVALID_REQUEST;
        return new ApiError(status, message == null ? "The request was refused by a rule of the gateway." : message, type == null ? usual : type,
                param, code != null ? code : status == 429 ? ErrorCode.RATE_LIMIT_EXCEEDED : ErrorCode.REJECTED_BY_RULE);
    }

    /** The refusal of a {@code throttle} step. */
    public static ApiError throttledByRule(Duration wait) {
        return new ApiError(429, "Rate limit reached in a rule of the gateway." + tryAgain(wait), REQUESTS, null, ErrorCode.RATE_LIMIT_EXCEEDED).after(wait);
    }

    /** @param what the failure of a rule, with its route and step */
    public static ApiError ruleFailed(String what) {
        return new ApiError(500, what, SERVER, null, ErrorCode.RULE_ERROR);
    }

    public static ApiError invalid(String param, String code, String message) {
        return new ApiError(400, message, INVALID_REQUEST, param, code);
    }

    private static String tryAgain(Duration wait) {
        return wait == null ? "" : " Please try again in " + wait.toMillis() / 1000.0 + "s.";
    }
}
