package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Usage;

import java.io.IOException;

/** Reads the {@code usage} object of a response, with the field names of the chat and the Responses API. */
final class UsageReader {

    private UsageReader() {
    }

    /** Reads the parser's current value to its end. Returns null if it is not an object. */
    static Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        long prompt = 0;
        long completion = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
            switch (name) {
                case "prompt_tokens", "input_tokens" -> prompt = number ? count(parser) : prompt;
                case "completion_tokens", "output_tokens" -> completion = number ? count(parser) : completion;
                default -> parser.skipChildren();
            }
        }
        return new Usage(prompt, completion);
    }

    private static long count(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? 0 : Math.max(0, parser.getLongValue());
    }
}
