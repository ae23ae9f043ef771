package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a response says of its own outcome in the words of other APIs, such as {@code {"code": 500, "msg": "..."}} or {@code "success": true}. Their
 * values decide: many send such members with each result. Gets the members of the root as they come. Not thread-safe.
 */
public final class OutcomeNotes {

    /** They stand beside a result as well as beside a failure. */
    private static final Set<String> NEUTRAL = Set.of("type", "title", "param", "reason", "path", "timestamp", "request_id", "requestId", "trace_id", "traceId");
    private static final Pattern HTTP_ERROR = Pattern.compile("[45][0-9]{2}");
    private static final Pattern FAILED = Pattern.compile("(?i)error|fail(?:ed|ure)?|" + HTTP_ERROR);
    private static final Pattern NO = Pattern.compile("(?i)false|0");

    private boolean any;
    private boolean others;
    private boolean failed;
    private boolean codeFailed;
    private boolean wordsOfSuccess;
    private boolean wordsOfFailure;

    /** Reads the parser's current value, that of a member. */
    public void read(String name, JsonParser parser) throws IOException {
        JsonToken value = parser.currentToken();
        boolean note = true;
        switch (name) {
            case "code", "status_code", "statusCode", "error_code", "errorCode", "err_code", "errcode", "err_no", "errno" -> readCode(parser);
            case "errors", "detail", "error_msg", "err_msg", "errmsg", "error_message", "errorMessage" -> failed |= ErrorMember.read(parser) == ErrorMember.FAILURE;
            case "message", "msg", "status_msg", "details" -> readWords(parser);
            case "success", "ok" -> failed |= matches(NO, parser);
            // MiniMax puts code and message there.
            case "base_resp" -> readMembers(parser);
            default -> note = false;
        }
        any |= note;
        others |= !note && value != JsonToken.VALUE_NULL && !NEUTRAL.contains(name);
    }

    /** Reads the member {@code status}, which most objects have. */
    public void readStatus(JsonParser parser) throws IOException {
        failed |= matches(FAILED, parser);
    }

    /** A number that only this API knows, such as 3000, counts for less than its words. */
    private void readCode(JsonParser parser) throws IOException {
        boolean known = matches(HTTP_ERROR, parser);
        boolean bad = ErrorMember.read(parser) == ErrorMember.FAILURE;
        failed |= known;
        codeFailed |= bad;
    }

    private void readWords(JsonParser parser) throws IOException {
        ErrorMember says = ErrorMember.read(parser);
        wordsOfSuccess |= says == ErrorMember.SUCCESS;
        wordsOfFailure |= says == ErrorMember.FAILURE;
    }

    private void readMembers(JsonParser parser) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            read(name, parser);
            parser.skipChildren();
        }
    }

    private static boolean matches(Pattern pattern, JsonParser parser) throws IOException {
        return parser.currentToken().isScalarValue() && pattern.matcher(parser.getText()).matches();
    }

    /** Whether a value says that the request has failed. */
    public boolean reportFailure() {
        return failed || codeFailed && !wordsOfSuccess;
    }

    /** Whether there are such members and none that could be a result. */
    public boolean standAlone() {
        return any && !others;
    }

    /** Whether the words say that all is well, or there are none. */
    public boolean reportNoFault() {
        return any && !wordsOfFailure;
    }
}
