package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The error that some providers put into a choice, with {@code error} as its finish reason, in place of the response's own. */
final class ChoiceError {

    private ChoiceError() {
    }

    /** Reads the parser's current value, a choice, to its end. */
    static ErrorInChoice read(JsonParser parser) throws IOException {
        boolean failed = false;
        boolean reported = false;
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("finish_reason")) {
                failed = value == JsonToken.VALUE_STRING && parser.getText().equals("error");
            } else if (name.equals("error")) {
                reported = ErrorValue.read(parser) == ErrorValue.FAILURE;
            }
            parser.skipChildren();
        }
        parser.skipChildren();
        return !reported ? ErrorInChoice.NONE : failed ? ErrorInChoice.FAILED : ErrorInChoice.MENTIONED;
    }

    /** The first such error, as that of the response. */
    static UpstreamError in(byte[] json) {
        for (JsonNode choice : LooseJson.tree(json).path("choices")) {
            if (choice.hasNonNull("error")) {
                return UpstreamError.read(Json.MAPPER.createObjectNode().set("error", choice.get("error")).toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return UpstreamError.read(json);
    }
}
