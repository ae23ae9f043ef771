package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/** The value of a member that upstreams also send empty, such as {@code error} beside a good response. */
public final class MemberValue {

    private MemberValue() {
    }

    /**
     * Reads the parser's current value to its end.
     *
     * @return whether it says anything: it contains a text that is not blank, a number other than 0, or {@code true}
     */
    public static boolean isFilled(JsonParser parser) throws IOException {
        boolean filled = says(parser, parser.currentToken());
        int depth = parser.currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                filled |= says(parser, token);
            }
        }
        return filled;
    }

    private static boolean says(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> !parser.getText().isBlank();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue() != 0;
            case VALUE_TRUE -> true;
            default -> false;
        };
    }

    /** The index that the parser's current value is. Some servers send it as a text. 0 for anything else. */
    public static int index(JsonParser parser) throws IOException {
        boolean number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT;
        return number || parser.currentToken() == JsonToken.VALUE_STRING ? parser.getValueAsInt(0) : 0;
    }
}
