package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a member {@code error} says. Several providers send it with each response, empty or as {@code {"code": 0, "message": "success"}}. */
public enum ErrorMember {

    /** Nothing: null, false, or without a text that is not blank. */
    EMPTY,
    /** The request has succeeded. */
    SUCCESS,
    FAILURE;

    /** The name of the member. */
    public static final String NAME = "error";

    /** The members that say what happened; all others, such as the id of a request, do so only if none of these does. */
    private static final Set<String> TELLING = Set.of("code", "status_code", "error_code", "err_code", "status", "type", "message", "msg", "error_msg",
            "err_msg", "error_message", "status_msg");
    /** In them a response says why it has not ended well. */
    private static final Set<String> REASONS = Set.of("incomplete_details", "status_details");
    private static final Pattern GOOD = Pattern.compile("0+|200|ok|none|null|no[ _]?error|success(?:ful|fully)?|succeeded|(?:请求|操作|调用)?成功", Pattern.CASE_INSENSITIVE);
    private static final int OK = 200;

    /** Whether a member has an error by its name, such as {@code error_details}. */
    public static boolean isNamed(String member) {
        return member.toLowerCase(Locale.ROOT).contains(NAME);
    }

    /** Whether a member of the root or of a response has what an upstream says of the request, by its name: an error, a warning or why it has not ended. */
    public static boolean isRemark(String member) {
        return isNamed(member) || member.toLowerCase(Locale.ROOT).contains("warning") || REASONS.contains(member);
    }

    /** Whether the parser's current value is such a member, and not null. */
    public static boolean isRemarkAt(JsonParser parser) throws IOException {
        return parser.currentToken() != JsonToken.VALUE_NULL && isRemark(parser.currentName());
    }

    /** Reads the parser's current value to its end. */
    public static ErrorMember read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return ofPlain(parser);
        }
        boolean good = false;
        boolean bad = false;
        boolean filled = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean telling = TELLING.contains(parser.currentName());
            parser.nextToken();
            ErrorMember says = ofPlain(parser);
            good |= telling && says == SUCCESS;
            bad |= telling && says == FAILURE;
            filled |= says == FAILURE;
        }
        return bad || filled && !good ? FAILURE : good ? SUCCESS : EMPTY;
    }

    /** Reads the parser's current value to its end. Returns whether a member {@code error} at any depth in it reports a failure. */
    public static boolean isInside(JsonParser parser) throws IOException {
        boolean failure = false;
        int depth = parser.currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME && parser.currentName().equals(NAME)) {
                parser.nextToken();
                failure |= read(parser) == FAILURE;
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        return failure;
    }

    /** Reads the parser's current value to its end. Returns whether its member is a remark by its name, or such an error is in it. */
    public static boolean isMentioned(JsonParser parser) throws IOException {
        boolean remark = isRemarkAt(parser);
        return isInside(parser) || remark;
    }

    /**
     * Whether the value reports a failure.
     *
     * @param value may be missing
     */
    public static boolean isFailure(JsonNode value) {
        try (JsonParser parser = value.traverse()) {
            return parser.nextToken() != null && read(parser) == FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ErrorMember ofPlain(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        boolean good = token == JsonToken.VALUE_STRING ? GOOD.matcher(parser.getText().strip().replaceAll("[.!。]$", "")).matches()
                : token == JsonToken.VALUE_NUMBER_INT && (parser.getDoubleValue() == 0 || parser.getDoubleValue() == OK);
        return good ? SUCCESS : MemberValue.isFilled(parser) ? FAILURE : EMPTY;
    }
}
