package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/** The {@code error} member of a response. Several upstreams send it empty beside a good response. */
final class ErrorMember {

    private ErrorMember() {
    }

    /**
     * Reads the parser's current value to its end.
     *
     * @return whether it reports a failure: it contains a text that is not empty, a number other than 0, or {@code true}
     */
    static boolean reports(JsonParser parser) throws IOException {
        boolean reports = says(parser, parser.currentToken());
        int depth = parser.currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                reports |= says(parser, token);
            }
        }
        return reports;
    }

    private static boolean says(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> !parser.getText().isBlank();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue() != 0;
            case VALUE_TRUE -> true;
            default -> false;
        };
    }
}
