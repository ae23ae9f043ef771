package dev.openaigateway.openai.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Json;

import java.io.IOException;

/** How many results a request asks for by what it lists. */
public final class RequestedInputs {

    private RequestedInputs() {
    }

    /** The prompts of a text completion: 1 unless {@code prompt} is a list of texts, or of lists of tokens. A list of tokens is one prompt. */
    public static long prompts(byte[] body) {
        return Math.max(1, elements(body, "prompt"));
    }

    /** Whether {@code input} is an empty list, so that a response without results is right. */
    public static boolean areNone(byte[] body) {
        return elements(body, "input") == 0;
    }

    /** The texts and lists in the list that is this member; -1 if it is absent, no list, or a list of other values. */
    private static long elements(byte[] body, String member) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isMember = parser.currentName().equals(member);
                if (parser.nextToken() == JsonToken.START_ARRAY && isMember) {
                    return elements(parser);
                }
                parser.skipChildren();
            }
            return -1;
        } catch (IOException e) {
            // Only the count is lost: the body was checked when it was read, except for limits of this parser.
            return -1;
        }
    }

    private static long elements(JsonParser parser) throws IOException {
        long inputs = 0;
        long others = 0;
        for (JsonToken element = parser.nextToken(); element != null && element != JsonToken.END_ARRAY; element = parser.nextToken()) {
            if (element == JsonToken.VALUE_STRING || element == JsonToken.START_ARRAY) {
                inputs++;
            } else {
                others++;
            }
            parser.skipChildren();
        }
        return inputs == 0 && others > 0 ? -1 : inputs;
    }
}
