package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Set;

/**
 * Reads the error that some providers put into a choice, with {@code error} as its finish reason, in place of the response's own. Gets the members
 * of one choice as they come. Not thread-safe.
 */
public final class ChoiceErrorReader {

    /** What clients look for in a choice. With a content filter there may be a finish reason alone. */
    private static final Set<String> PARTS = Set.of("message", "delta", "text", "finish_reason", ErrorMember.NAME);

    private boolean failed;
    private boolean reported;
    private boolean inMessage;
    private boolean hasParts;

    /** Reads the parser's current value, a choice, to its end. */
    public static ChoiceErrorReader of(JsonParser parser) throws IOException {
        ChoiceErrorReader choice = new ChoiceErrorReader();
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            choice.hasParts |= parser.nextToken() != JsonToken.VALUE_NULL && PARTS.contains(name);
            switch (name) {
                case "finish_reason" -> choice.readFinishReason(parser);
                case ErrorMember.NAME -> choice.readError(parser);
                case "delta", "message" -> choice.readMessage(parser);
                default -> {
                }
            }
            parser.skipChildren();
        }
        parser.skipChildren();
        return choice;
    }

    public void readFinishReason(JsonParser parser) throws IOException {
        failed = parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().equals(ErrorMember.NAME);
    }

    /** Reads the choice's own member {@code error} to its end. */
    public void readError(JsonParser parser) throws IOException {
        reported = ErrorMember.read(parser) == ErrorMember.FAILURE;
    }

    /** Reads the member {@code error} of the choice's message to its end, and returns whether it reports a failure. */
    public boolean readErrorOfMessage(JsonParser parser) throws IOException {
        boolean failure = ErrorMember.read(parser) == ErrorMember.FAILURE;
        inMessage |= failure;
        return failure;
    }

    public ChoiceErrorKind kind() {
        if (failed && reported) {
            return ChoiceErrorKind.FAILED;
        }
        return failed || reported || inMessage ? ChoiceErrorKind.MENTIONED : ChoiceErrorKind.NONE;
    }

    /** Whether a whole choice has a message, a text, a finish reason or an error. */
    public boolean hasParts() {
        return hasParts;
    }

    private void readMessage(JsonParser parser) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean error = parser.currentName().equals(ErrorMember.NAME);
            parser.nextToken();
            if (error) {
                readErrorOfMessage(parser);
            }
            parser.skipChildren();
        }
    }
}
