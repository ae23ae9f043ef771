package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Optional;

/** Looks up one member of a JSON object, for the few places that need one. */
public final class JsonMember {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonMember() {
    }

    /** The text of that member at the top; empty where there is none, it is no text, or the bytes are no JSON object. */
    public static Optional<String> text(byte[] json, String member) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(member);
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
