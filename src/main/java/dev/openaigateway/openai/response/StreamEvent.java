package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.errors.FinishedItem;
import dev.openaigateway.openai.sse.SseWriter;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * The fields of one stream event that the gateway reads.
 *
 * @param error       the reported failure, or null
 * @param content     whether the event contains part of the response, so that a retry on another instance is impossible
 * @param done        whether the event is {@code [DONE]}
 * @param type        the type of the event, such as {@code response.completed}; null if it has none
 * @param choices     which choices the event has and which of them it finishes; null if it has no {@code choices}
 * @param usage       the reported tokens, or null
 * @param responseId  the id of the stored response, or null
 * @param item        the finished item in the event; null if it has none
 * @param errorBeside whether an error may be beside the content, or in lines that clients ignore
 * @param replacement server-sent events that the client gets in place of this one, empty for none; null to relay it unchanged
 */
public record StreamEvent(UpstreamError error, boolean content, boolean done, String type, Choices choices, Usage usage,
                          String responseId, FinishedItem item, boolean errorBeside, byte[] replacement) {

    /** The type of the event with a response that failed. Such a response is complete: its status and its error are the result. */
    public static final String RESPONSE_FAILED = "response.failed";

    /** Represents unparseable data. */
    public static final StreamEvent UNREADABLE = new StreamEvent(null, true, false, null, null, null, null, null, false, null);
    /** An event with content whose other fields were not read. */
    public static final StreamEvent UNREAD = new StreamEvent(null, true, false, null, null, null, null, null, false, null);
    /** The event {@code [DONE]}, which ends a stream. */
    public static final StreamEvent DONE = new StreamEvent(null, false, true, null, null, null, null, null, false, null);
    /** An event without data, such as a comment. */
    public static final StreamEvent NO_DATA = new StreamEvent(null, false, false, null, null, null, null, null, false, null);
    /** An event of another format that clients do not receive. */
    public static final StreamEvent DROPPED = new StreamEvent(null, false, false, null, null, null, null, null, false, new byte[0]);

    /** The type of the event with a response that ended before it was finished, such as at a limit. */
    static final String INCOMPLETE = "response.incomplete";
    static final String ITEM_ADDED = "response.output_item.added";
    static final String ITEM_DONE = "response.output_item.done";
    private static final Set<String> ITEM_TYPES = Set.of(ITEM_ADDED, ITEM_DONE, LastEventName.COMPLETED, INCOMPLETE);
    private static final Set<String> PREAMBLE_TYPES = Set.of("response.created", "response.queued", "response.in_progress");

    /**
     * An event that was translated: the client gets this data in place of what the upstream sent.
     *
     * @param data    one event in OpenAI's format, or {@code [DONE]}
     * @param counter receives the text of the response; null if it is not counted
     */
    public static StreamEvent translated(byte[] data, CompletionCounter counter) {
        StreamEvent event = SseData.isDone(data, 0, data.length) ? DONE : read(data, 0, data.length, counter);
        byte[] replacement = event.replacement == null ? SseWriter.of(data) : event.replacement;
        return new StreamEvent(event.error, event.content, event.done, event.type, event.choices, event.usage, event.responseId,
                event.item, event.errorBeside, replacement);
    }

    /** The same event, of which an error may be beside the content. */
    StreamEvent withErrorBeside() {
        return this == UNREADABLE ? this : new StreamEvent(error, content, done, type, choices, usage, responseId, item, true, replacement);
    }

    /** @param counter receives the text of the response; null if it is not counted */
    public static StreamEvent read(byte[] bytes, int from, int length, CompletionCounter counter) {
        return read(bytes, from, length, counter, null);
    }

    /**
     * Reads an object, or an error that is the only element of a list, as Google sends it. The last event of a response gets the name that SDKs know.
     *
     * @param name the type if the data has none, from the {@code event} field; null if it is absent
     */
    static StreamEvent read(byte[] bytes, int from, int length, CompletionCounter counter, String name) {
        StreamEventReader reader = new StreamEventReader(counter, name);
        boolean readable = false;
        try (JsonParser parser = LooseJson.parser(bytes, from, length)) {
            boolean listed = parser.nextToken() == JsonToken.START_ARRAY;
            if ((listed ? parser.nextToken() : parser.currentToken()) == JsonToken.START_OBJECT) {
                reader.readRoot(parser);
                readable = !listed || reader.reportsError();
            }
        } catch (IOException e) {
            readable = false;
        }
        if (!readable && !StreamEventReader.ERROR.equals(name)) {
            return UNREADABLE;
        }
        UpstreamError error = null;
        if (!readable || reader.reportsError()) {
            byte[] json = Arrays.copyOfRange(bytes, from, from + length);
            error = reader.reportsErrorOfChoice() ? ChoiceErrorBody.read(json) : UpstreamError.read(json);
        }
        return new StreamEvent(error, reader.hasContent(), false, reader.type(), reader.choices(), reader.usage(), reader.objects().id(),
                isItemDone(reader.type()) ? reader.objects().item() : null, reader.mentionsError(), reader.renamed(bytes, from, length));
    }

    /**
     * The data that the client gets; empty if there is none.
     *
     * @param bytes hold the event as the upstream sent it, from {@code start} to before {@code end}
     */
    public byte[] data(byte[] bytes, int start, int end) {
        return replacement == null ? SseData.copyOfBytes(bytes, start, end) : SseData.copyOfBytes(replacement, 0, replacement.length);
    }

    /** Whether the event only announces a response, of which a later attempt has its own. */
    public boolean isPreamble() {
        return isPreamble(type);
    }

    /**
     * Whether events of this type only announce a response.
     *
     * @param type may be null
     */
    public static boolean isPreamble(String type) {
        return type != null && PREAMBLE_TYPES.contains(type);
    }

    /** Whether events of this type have sound in place of a text. */
    public static boolean isSound(String type) {
        return StreamEventReader.SOUND.equals(type);
    }

    /** Whether the event ends one of several results, such as an image. It has the usage of that result alone. */
    public boolean endsResult() {
        TypedStream kind = TypedStream.of(type);
        return kind != null && kind.repeats() && kind.isEnd(type);
    }

    /** Whether the event has items of a response, to which later requests may refer. */
    public boolean hasItem() {
        return type != null && ITEM_TYPES.contains(type);
    }

    /** Whether the event has a finished item of a response. */
    public boolean isItemDone() {
        return item != null;
    }

    /**
     * Whether events of this type have a finished item of a response.
     *
     * @param type may be null
     */
    public static boolean isItemDone(String type) {
        return ITEM_DONE.equals(type);
    }

    /** Whether the event has at least one choice. */
    public boolean hasChoices() {
        return choices != null && !choices.seen().isEmpty();
    }

    /** Whether a choice has failed, while others may go on. */
    boolean isFailedChoice() {
        return choices != null && !choices.failed().isEmpty();
    }

    /** Whether an error may be beside the content, in a choice, in a response or an item of it. It may name the upstream's key and host. */
    public boolean mayMentionError() {
        return error != null || errorBeside || INCOMPLETE.equals(type) || choices != null && !choices.reported().isEmpty();
    }

    /** Whether the event is a response that failed. */
    public boolean isFailedResponse() {
        return RESPONSE_FAILED.equals(type);
    }
}
