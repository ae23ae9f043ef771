package dev.openaigateway.openai.response;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.CountedMembers;
import dev.openaigateway.openai.FinishReason;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.errors.ChoiceErrorKind;
import dev.openaigateway.openai.response.errors.ChoiceErrorReader;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.response.errors.MemberValue;
import dev.openaigateway.openai.response.errors.RootErrorReader;
import dev.openaigateway.openai.usage.UsageReader;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/** Reads the JSON of one stream event in a single pass. */
final class StreamEventReader {

    /** The type, or the {@code event} field, of an event that reports a failure. */
    static final String ERROR = "error";

    /** The members of a delta that are no content. Any other is, since upstreams add members of their own, such as images. */
    static final Set<String> BOOKKEEPING = Set.of("role", "name", "channel", "recipient", "id", "index", "type", "object", "padding", "obfuscation");
    /** The members of a choice, beside those that are counted, that are content. */
    private static final Set<String> BESIDE_TEXT = Set.of("logprobs", "token_ids");
    private static final Set<String> TEXTS = Set.of("content", "text", "refusal", "transcript", "name", "arguments", "input");
    private static final String SOUND = "response.audio.delta";
    /** Signs of life. */
    private static final Set<String> EMPTY_TYPES = Set.of("ping", "keepalive", "response.created", "response.queued", "response.in_progress");

    private static final int NOWHERE = -1;

    private final CompletionCounter counter;
    private final RootErrorReader error = new RootErrorReader();
    private String type;
    private boolean choiceFailed;
    private boolean errorInside;
    private boolean content;
    private Choices choices;
    private Usage usage;
    private String serviceTier;
    private final ResponseObjects objects = new ResponseObjects();
    private int typeAt = NOWHERE;
    private boolean renamed;

    /** @param name from the {@code event} field, or null; it counts only where the data has no type */
    StreamEventReader(CompletionCounter counter, String name) {
        this.counter = counter;
        this.type = ERROR.equals(name) || TypedStream.of(name) != null ? name : null;
    }

    void readRoot(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            error.countMember();
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case ERROR -> error.readError(parser);
                case "object" -> {
                    error.readObject(parser);
                    parser.skipChildren();
                }
                case "type" -> readType(parser, value);
                case "choices" -> readChoices(parser, value);
                case "usage" -> usage = UsageReader.read(parser);
                case "service_tier" -> serviceTier = UsageReader.tier(parser);
                case "response" -> objects.readResponse(parser);
                case "item" -> objects.readItem(parser);
                case "output_index" -> objects.readIndex(parser);
                case "delta" -> countPiece(parser, value);
                case "output" -> readTexts(parser, value);
                default -> errorInside |= type == null ? ErrorMember.isInside(parser) : ErrorMember.isMentioned(parser);
            }
        }
        if (error.isFailure() && choices != null) {
            choices.withdrawFailures();
        }
        renamed = LastEventName.isForeign(type);
        type = renamed ? LastEventName.of(type, objects.status(), objects.hasFailed()) : type;
    }

    private void readType(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            type = parser.getText();
            typeAt = LastEventName.isForeign(type) ? (int) parser.currentTokenLocation().getByteOffset() : NOWHERE;
        }
        parser.skipChildren();
    }

    /**
     * The event under its other type.
     *
     * @param bytes hold the data that was read
     * @return null if it has its own
     */
    byte[] renamed(byte[] bytes, int from, int length) {
        return renamed ? LastEventName.renamed(Arrays.copyOfRange(bytes, from, from + length), typeAt, type) : null;
    }

    boolean reportsError() {
        return error.isReported() || choiceFailed || ERROR.equals(type) || StreamEvent.RESPONSE_FAILED.equals(type);
    }

    /** Whether a response, an item or another member beside the choices has an error in it. */
    boolean mentionsError() {
        return errorInside || objects.mentionError();
    }

    /** Whether a choice has an error, and the event itself has none. */
    boolean reportsErrorOfChoice() {
        return choiceFailed && !error.isFailure();
    }

    boolean hasContent() {
        return content || type != null && !EMPTY_TYPES.contains(type);
    }

    String type() {
        return type;
    }

    Choices choices() {
        return choices;
    }

    Usage usage() {
        Usage reported = objects.usage() == null ? usage : objects.usage();
        return reported == null ? null : reported.inTier(objects.serviceTier() == null ? serviceTier : objects.serviceTier());
    }

    ResponseObjects objects() {
        return objects;
    }

    /** Counts a delta of the Responses API: text, reasoning, or the arguments of a tool call. */
    private void countPiece(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING && counter != null && !SOUND.equals(type)) {
            counter.add(parser.getText());
        }
        parser.skipChildren();
    }

    private void readChoices(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        choices = choices == null ? new Choices() : choices;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                readChoice(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readChoice(JsonParser parser) throws IOException {
        int index = 0;
        boolean finish = false;
        ChoiceErrorReader errors = new ChoiceErrorReader();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> {
                    index = MemberValue.index(parser);
                    parser.skipChildren();
                }
                case "finish_reason" -> {
                    finish = value == JsonToken.VALUE_STRING && FinishReason.isOne(parser.getText());
                    errors.readFinishReason(parser);
                    parser.skipChildren();
                }
                case ERROR -> errors.readError(parser);
                case "delta", "message" -> readDelta(parser, value, errors);
                default -> readMember(parser, name, value, BESIDE_TEXT.contains(name));
            }
        }
        content |= finish;
        choices.see(index, finish);
        if (errors.kind() != ChoiceErrorKind.NONE) {
            choices.report(index);
        }
        if (errors.kind() == ChoiceErrorKind.FAILED) {
            choiceFailed = true;
            choices.fail(index);
        }
    }

    private void readDelta(JsonParser parser, JsonToken value, ChoiceErrorReader errors) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken member = parser.nextToken();
            if (name.equals(ERROR)) {
                content |= errors.readErrorOfMessage(parser);
                parser.skipChildren();
            } else {
                readMember(parser, name, member, !BOOKKEEPING.contains(name));
            }
        }
    }

    /** @param mayBeContent whether the member is content if it is filled, although its texts are not counted */
    private void readMember(JsonParser parser, String name, JsonToken value, boolean mayBeContent) throws IOException {
        if (!CountedMembers.contain(name)) {
            content |= mayBeContent && MemberValue.isFilled(parser);
            parser.skipChildren();
        } else if (value == JsonToken.VALUE_STRING) {
            content |= parser.getTextLength() > 0;
            if (counter != null) {
                counter.add(parser.getText());
            }
        } else {
            content |= readTexts(parser, value);
        }
    }

    /** Counts all texts in an object or list, such as tool calls. Returns whether the value is neither null nor empty. */
    private boolean readTexts(JsonParser parser, JsonToken value) throws IOException {
        int depth = value.isStructStart() ? 1 : 0;
        boolean any = depth == 0 && value != JsonToken.VALUE_NULL;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && counter != null && isText(parser.currentName())) {
                counter.add(parser.getText());
            }
            any |= depth > 0;
        }
        return any;
    }

    private static boolean isText(String name) {
        return name != null && TEXTS.contains(name);
    }
}
