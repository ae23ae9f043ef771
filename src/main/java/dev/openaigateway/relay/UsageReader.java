package dev.openaigateway.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.api.Usage;

import java.io.IOException;

/** Reads the {@code usage} object of an answer, in the names of the chat and of the responses API. */
final class UsageReader {

    private static final JsonFactory JSON = new JsonFactory();

    private UsageReader() {
    }

    /**
     * @return the usage of a whole JSON answer, or null where it has none
     * @throws IOException if it is not one JSON object
     */
    static Usage ofAnswer(byte[] body, int length) throws IOException {
        Usage usage = null;
        try (JsonParser parser = JSON.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isUsage = parser.currentName().equals("usage");
                parser.nextToken();
                if (isUsage) {
                    usage = read(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind the JSON object");
            }
        }
        return usage;
    }

    /** Reads the value the parser stands on, to its end; null where it is no usage. */
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
