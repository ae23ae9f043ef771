package dev.openaigateway.relay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Json;

import java.io.IOException;

/** Whether a request has no input, so that a response without results is right. */
final class EmptyInput {

    private EmptyInput() {
    }

    /** Whether {@code input} is an empty list. */
    static boolean in(byte[] body) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean input = parser.currentName().equals("input");
                if (parser.nextToken() == JsonToken.START_ARRAY && input) {
                    return parser.nextToken() == JsonToken.END_ARRAY;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
