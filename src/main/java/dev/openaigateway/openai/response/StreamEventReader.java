package dev.openaigateway.openai.response;

import dev.openaigateway.openai.ChoicePlace;
import dev.openaigateway.openai.ChoiceTexts;
import dev.openaigateway.openai.CompletionCounter;
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
    static final String SOUND = "response.audio.delta";
    /** Signs of life. */
    private static final Set<String> EMPTY_TYPES = Set.of("ping", "keepalive", "response.created", "response.queued", "response.in_progress");

    private static final int NOWHERE = -1;

    private final CompletionCounter counter;
    private final boolean namedError;
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

    /** @param name from the {@code event} field, or null; it counts only where the data has no type, or if it is that of an error */
    StreamEventReader(CompletionCounter counter, String name) {
        this.counter = counter;
        this.namedError = ERROR.equals(name);
        this.type = namedError || TypedStream.of(name) != null ? name : null;
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
                case "output" -> ValueTexts.read(parser, value, counter == null ? null : counter::add);
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
        return error.isReported() || choiceFailed || namedError || ERROR.equals(type) || StreamEvent.RESPONSE_FAILED.equals(type);
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
        ChoiceTexts texts = counter == null ? null : new ChoiceTexts();
        int index = 0;
        boolean finish = false;
        ChoiceErrorReader errors = new ChoiceErrorReader();
        try {
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
                    case "delta" -> readDelta(parser, value, errors, new MemberTexts(texts, ChoicePlace.DELTA));
                    case "message" -> readDelta(parser, value, errors, new MemberTexts(texts, ChoicePlace.MESSAGE));
                    default -> content |= new MemberTexts(texts, ChoicePlace.CHOICE).read(parser, name, value, BESIDE_TEXT.contains(name));
                }
            }
        } finally {
            // Clients get an event that is cut off, too.
            if (texts != null) {
                texts.count(index, counter);
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

    private void readDelta(JsonParser parser, JsonToken value, ChoiceErrorReader errors, MemberTexts texts) throws IOException {
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
                content |= texts.read(parser, name, member, !BOOKKEEPING.contains(name));
            }
        }
    }
}
