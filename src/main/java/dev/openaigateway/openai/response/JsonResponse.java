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
 * @param empty        whether it is a completion without any choice
 * @param body         the response itself, as the client gets it
 */
public record JsonResponse(UpstreamError error, Usage usage, boolean inBackground, boolean empty, byte[] body) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

    /**
     * Reads a body in OpenAI's format.
     *
     * @throws IOException if it is not one JSON object
     */
    public static JsonResponse read(byte[] body) throws IOException {
        Members members = new Members();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.read(parser);
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind the JSON object");
            }
        }
        UpstreamError error = members.reportError() ? UpstreamError.read(body) : null;
        return new JsonResponse(error, members.usage, UNFINISHED.contains(members.status), members.noChoices, body);
    }

    /** Adds the response's text to the counter. */
    public void count(CompletionCounter counter) {
        if (inBackground) {
            counter.markBackground();
        }
        StreamEvent.read(body, 0, body.length, counter);
    }

    /** The members of the root that matter here. */
    private static final class Members {

        private int count;
        private Usage usage;
        private boolean error;
        private boolean emptyError;
        private boolean noChoices;
        private boolean output;
        private String object = "";
        private String status = "";

        void read(JsonParser parser) throws IOException {
            count++;
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "usage" -> usage = UsageReader.read(parser);
                case "error" -> {
                    error = ErrorMember.reports(parser);
                    emptyError = !error;
                }
                case "choices" -> noChoices = isEmptyArray(parser, value);
                case "output" -> {
                    output = value == JsonToken.START_ARRAY;
                    parser.skipChildren();
                }
                case "object" -> object = text(parser, value);
                case "status" -> status = text(parser, value);
                default -> parser.skipChildren();
            }
        }

        /** A response object is a result, also if it failed: its error is a part of it. An empty error beside other members is none. */
        boolean reportError() {
            boolean response = object.equals("response") || output && !status.isEmpty();
            return !response && (error || emptyError && count == 1 || object.equals(StreamEventReader.ERROR));
        }

        private static String text(JsonParser parser, JsonToken value) throws IOException {
            String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            return text;
        }

        private static boolean isEmptyArray(JsonParser parser, JsonToken value) throws IOException {
            int members = 0;
            while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                members++;
            }
            parser.skipChildren();
            return value == JsonToken.START_ARRAY && members == 0;
        }
    }
}
