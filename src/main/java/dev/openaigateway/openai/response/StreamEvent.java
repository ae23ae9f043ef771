package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * The fields of one stream event that the gateway reads.
 *
 * @param error       the reported failure, or null
 * @param content     whether the event contains part of the response, so that a retry on another instance is impossible
 * @param end         whether the response ends with the event
 * @param last        whether the event completes the response or one of several choices
 * @param hasChoices  whether {@code choices} is not empty
 * @param usage       the reported tokens, or null
 * @param responseId  the id of the stored response, or null
 * @param preamble    the event's type if it only announces a response, else null
 * @param replacement server-sent events that the client gets in place of this one, empty for none; null to relay it unchanged
 */
public record StreamEvent(UpstreamError error, boolean content, boolean end, boolean last, boolean hasChoices, Usage usage,
                          String responseId, String preamble, byte[] replacement) {

    /** Represents unparseable data; it is relayed as content. */
    public static final StreamEvent UNREADABLE = new StreamEvent(null, true, false, false, false, null, null, null, null);
    /** An event with content whose other fields were not read. */
    public static final StreamEvent UNREAD = new StreamEvent(null, true, false, false, false, null, null, null, null);
    /** The event {@code [DONE]}, which ends a stream. */
    public static final StreamEvent DONE = new StreamEvent(null, true, true, true, false, null, null, null, null);
    /** An event without data, such as a comment. */
    public static final StreamEvent NO_DATA = new StreamEvent(null, false, false, false, false, null, null, null, null);
    /** An event of another format that clients do not receive. */
    public static final StreamEvent DROPPED = new StreamEvent(null, false, false, false, false, null, null, null, new byte[0]);

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> CONTENT = Set.of(
            "content", "reasoning_content", "reasoning", "refusal", "tool_calls", "function_call", "audio", "text", "finish_reason");
    private static final Set<String> PREAMBLE_TYPES = Set.of("response.created", "response.queued", "response.in_progress");
    private static final Set<String> END_TYPES = Set.of("response.completed", "response.incomplete");
    private static final Set<String> TEXTS = Set.of("content", "text", "refusal", "transcript", "name", "arguments", "input");
    private static final String SOUND = "response.audio.delta";
    private static final Set<String> ERROR_TYPES = Set.of("error", "response.failed");

    /**
     * An event that was translated: the client gets this data in place of what the upstream sent.
     *
     * @param data    one event in OpenAI's format, or {@code [DONE]}
     * @param counter receives the text of the response; null if it is not counted
     */
    public static StreamEvent translated(byte[] data, CompletionCounter counter) {
        StreamEvent event = SseData.isDone(data, 0, data.length) ? DONE : read(data, 0, data.length, counter);
        return new StreamEvent(event.error, event.content, event.end, event.last, event.hasChoices, event.usage, event.responseId,
                event.preamble, SseWriter.of(data));
    }

    /** @param counter receives the text of the response; null if it is not counted */
    public static StreamEvent read(byte[] bytes, int from, int length, CompletionCounter counter) {
        Reader reader = new Reader(counter);
        try (JsonParser parser = JSON.createParser(bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return UNREADABLE;
            }
            reader.readRoot(parser);
        } catch (IOException e) {
            return UNREADABLE;
        }
        UpstreamError error = reader.error ? UpstreamError.read(Arrays.copyOfRange(bytes, from, from + length)) : null;
        return new StreamEvent(error, reader.content, reader.end, reader.last, reader.hasChoices, reader.usage,
                reader.responseId, reader.preamble, null);
    }

    /** Collects the relevant members in a single pass. */
    private static final class Reader {

        private final CompletionCounter counter;
        private boolean error;
        private boolean content;
        private boolean end;
        private boolean last;
        private boolean hasChoices;
        private Usage usage;
        private String responseId;
        private String preamble;
        private boolean sound;

        Reader(CompletionCounter counter) {
            this.counter = counter;
        }

        void readRoot(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "error" -> {
                        error |= value != JsonToken.VALUE_NULL;
                        parser.skipChildren();
                    }
                    case "type" -> readType(parser, value);
                    case "choices" -> readChoices(parser, value);
                    case "usage" -> usage = UsageReader.read(parser);
                    case "response" -> readResponse(parser, value);
                    case "delta" -> countPiece(parser, value);
                    case "output" -> countTexts(parser, value);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readType(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_STRING) {
                String type = parser.getText();
                error |= ERROR_TYPES.contains(type);
                end = END_TYPES.contains(type);
                preamble = PREAMBLE_TYPES.contains(type) ? type : null;
                content |= preamble == null;
                sound = type.equals(SOUND);
            }
            parser.skipChildren();
        }

        /** Counts a delta of the Responses API: text, reasoning, or the arguments of a tool call. */
        private void countPiece(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_STRING && counter != null && !sound) {
                counter.add(parser.getText());
            }
            parser.skipChildren();
        }

        /** Counts all texts in an object or list, such as tool calls. */
        private void countTexts(JsonParser parser, JsonToken value) throws IOException {
            if (counter == null) {
                parser.skipChildren();
                return;
            }
            int depth = value.isStructStart() ? 1 : 0;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING && isText(parser.currentName())) {
                    counter.add(parser.getText());
                }
            }
        }

        private static boolean isText(String name) {
            return name != null && TEXTS.contains(name);
        }

        private void readResponse(JsonParser parser, JsonToken value) throws IOException {
            while (value == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken member = parser.nextToken();
                if (name.equals("usage")) {
                    usage = UsageReader.read(parser);
                } else if (name.equals("id") && member == JsonToken.VALUE_STRING) {
                    responseId = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void readChoices(JsonParser parser, JsonToken value) throws IOException {
            int depth = value == JsonToken.START_ARRAY ? 1 : 0;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    hasChoices = true;
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME && CONTENT.contains(parser.currentName())) {
                    readContent(parser);
                }
            }
        }

        private void readContent(JsonParser parser) throws IOException {
            boolean finish = parser.currentName().equals("finish_reason");
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                last |= finish;
                content |= parser.getTextLength() > 0;
                if (!finish && counter != null) {
                    counter.add(parser.getText());
                }
            } else if (value != JsonToken.VALUE_NULL) {
                content = true;
                countTexts(parser, value);
            }
        }
    }
}
