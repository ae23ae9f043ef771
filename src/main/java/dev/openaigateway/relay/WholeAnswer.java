package dev.openaigateway.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.api.Usage;

import java.io.IOException;

/**
 * What a JSON answer that is no stream says.
 *
 * @param error whether it reports a failure, its status notwithstanding
 * @param usage the tokens it reports, or null
 */
record WholeAnswer(boolean error, Usage usage) {

    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException if it is not one JSON object */
    static WholeAnswer read(byte[] body) throws IOException {
        boolean error = false;
        Usage usage = null;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("usage")) {
                    usage = UsageReader.read(parser);
                } else {
                    error |= name.equals("error") && (value == JsonToken.START_OBJECT || value == JsonToken.VALUE_STRING);
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind the JSON object");
            }
        }
        return new WholeAnswer(error, usage);
    }
}
