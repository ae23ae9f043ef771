package dev.openaigateway.relay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Json;

import java.io.IOException;

/** The number of prompts in the request for a text completion, each of which has choices of its own. */
final class PromptCount {

    private PromptCount() {
    }

    /** 1 unless {@code prompt} is a list of texts, or of lists of tokens. A list of tokens is one prompt. */
    static long in(byte[] body) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean prompt = parser.currentName().equals("prompt");
                if (parser.nextToken() == JsonToken.START_ARRAY && prompt) {
                    return Math.max(1, elements(parser));
                }
                parser.skipChildren();
            }
            return 1;
        } catch (IOException e) {
            return 1;
        }
    }

    private static long elements(JsonParser parser) throws IOException {
        long prompts = 0;
        for (JsonToken element = parser.nextToken(); element != null && element != JsonToken.END_ARRAY; element = parser.nextToken()) {
            prompts += element == JsonToken.VALUE_STRING || element == JsonToken.START_ARRAY ? 1 : 0;
            parser.skipChildren();
        }
        return prompts;
    }
}
