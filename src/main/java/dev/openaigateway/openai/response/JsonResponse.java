package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;

import java.io.IOException;
import java.util.Set;

/**
 * The fields of a buffered JSON response that the gateway reads.
 *
 * @param error        the reported failure, independent of the HTTP status; or null
 * @param usage        the reported tokens, or null
 * @param inBackground whether the response is still being generated in the background
 * @param body         the response itself, as the client gets it
 */
public record JsonResponse(UpstreamError error, Usage usage, boolean inBackground, byte[] body) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

    /**
     * Reads a body in OpenAI's format.
     *
     * @throws IOException if it is not one JSON object
     */
    public static JsonResponse read(byte[] body) throws IOException {
        boolean error = false;
        Usage usage = null;
        boolean inBackground = false;
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
                    inBackground |= name.equals("status") && value == JsonToken.VALUE_STRING && UNFINISHED.contains(parser.getText());
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind the JSON object");
            }
        }
        return new JsonResponse(error ? UpstreamError.read(body) : null, usage, inBackground, body);
    }

    /** Adds the response's text to the counter. */
    public void count(CompletionCounter counter) {
        if (inBackground) {
            counter.markBackground();
        }
        StreamEvent.read(body, 0, body.length, counter);
    }
}
