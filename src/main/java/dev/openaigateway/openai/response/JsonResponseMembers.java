package dev.openaigateway.openai.response;

import dev.openaigateway.openai.response.errors.OutcomeNotes;
import dev.openaigateway.openai.usage.UsageReader;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;
import dev.openaigateway.openai.response.errors.ChoiceErrorKind;
import dev.openaigateway.openai.response.errors.ChoiceErrorReader;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.response.errors.RootErrorReader;

import java.io.IOException;
import java.util.Set;

/** The members of a JSON response that matter here, read one by one. Not thread-safe. */
final class JsonResponseMembers {

    private static final Set<String> OF_RESULTS = Set.of("id", "object", "created", "created_at", "model", "choices", "output", "data", "usage", "text",
            "results", "segments", "words", "embeddings", "input_tokens", "deleted");
    private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

    private final RootErrorReader error = new RootErrorReader();
    private final OutcomeNotes notes = new OutcomeNotes();
    private boolean result;
    private boolean filledList;
    private Usage usage;
    private String serviceTier;
    private double seconds;
    private boolean choices;
    private boolean noChoices;
    private boolean choicesReadable;
    private boolean nullData;
    private boolean filledData;
    private boolean choicesFailed;
    private boolean errorInChoice;
    private boolean remarks;
    private boolean output;
    private String object = "";
    private String status = "";

    void read(JsonParser parser) throws IOException {
        error.countMember();
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        result = result || value != JsonToken.VALUE_NULL && OF_RESULTS.contains(name);
        switch (name) {
            case "usage" -> usage = UsageReader.read(parser);
            case "service_tier" -> serviceTier = UsageReader.tier(parser);
            case "duration" -> seconds = UsageReader.seconds(parser);
            case StreamEventReader.ERROR -> error.readError(parser);
            case "choices" -> readChoices(parser, value);
            case "data", "results" -> {
                nullData |= value == JsonToken.VALUE_NULL;
                filledData |= hasElements(parser, value) && value == JsonToken.START_ARRAY;
            }
            case "output" -> {
                output = value == JsonToken.START_ARRAY;
                hasElements(parser, value);
            }
            case "object" -> {
                error.readObject(parser);
                object = text(parser, value);
            }
            case "status" -> {
                notes.readStatus(parser);
                status = text(parser, value);
            }
            default -> {
                notes.read(name, parser);
                remarks |= ErrorMember.isRemarkAt(parser);
                parser.skipChildren();
            }
        }
    }

    /** Whether there is an error. A response object is a result even if it failed: its error is a part of it. */
    boolean reportError() {
        return choicesFailed || !isResponse() && (error.isReported() || !filledList && notes.reportFailure());
    }

    /** Whether what is taken for an error is none if a choice has content. */
    boolean dependOnChoices() {
        return choices && !choicesFailed && !error.isReported();
    }

    private boolean isResponse() {
        return object.equals("response") || output && !status.isEmpty();
    }

    private static String text(JsonParser parser, JsonToken value) throws IOException {
        String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
        parser.skipChildren();
        return text;
    }

    private void readChoices(JsonParser parser, JsonToken value) throws IOException {
        int failed = 0;
        int all = 0;
        boolean withParts = false;
        choicesReadable = value == JsonToken.START_ARRAY;
        while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
            all += parser.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
            ChoiceErrorReader choice = ChoiceErrorReader.of(parser);
            withParts |= choice.hasParts();
            choicesReadable = withParts;
            errorInChoice |= choice.kind() != ChoiceErrorKind.NONE;
            failed += choice.kind() == ChoiceErrorKind.FAILED ? 1 : 0;
        }
        parser.skipChildren();
        noChoices = all == 0 && (value == JsonToken.VALUE_NULL || value == JsonToken.START_ARRAY);
        choicesFailed = all > 0 && failed == all;
        choices = all > 0;
    }

    /** Whether the value is a list with an element that is not null, or anything else but null. */
    private boolean hasElements(JsonParser parser, JsonToken value) throws IOException {
        boolean any = value != JsonToken.START_ARRAY && value != JsonToken.VALUE_NULL;
        while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
            any |= parser.currentToken() != JsonToken.VALUE_NULL;
            readItem(parser);
        }
        filledList |= any && value == JsonToken.START_ARRAY;
        parser.skipChildren();
        return any;
    }

    private void readItem(JsonParser parser) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            parser.nextToken();
            remarks |= ErrorMember.isRemarkAt(parser);
            parser.skipChildren();
        }
        parser.skipChildren();
    }

    /** Transcriptions with timestamps have a duration in place of usage. */
    Usage usage() {
        if (usage == null) {
            return seconds == 0 ? null : new Usage(0, 0, UsageDetails.ofSeconds(seconds), serviceTier);
        }
        return usage.inTier(serviceTier);
    }

    /** Whether it is a completion without choices, of which no tokens were billed. */
    boolean isEmpty() {
        return noChoices && (usage == null || usage.completionTokens() == 0);
    }

    /** Whether there is a list of choices, and it is empty or clients can read one of them. */
    boolean hasReadableChoices() {
        return choicesReadable;
    }

    /** Whether it is an object without a list of results or with an empty one, of which no tokens were billed. Some lists may be empty. */
    boolean hasNoData() {
        return !filledData && (result || nullData) && (usage == null || usage.completionTokens() == 0);
    }

    /** Whether no choice has a result, and each has an error of its own. */
    boolean haveChoicesFailed() {
        return choicesFailed;
    }

    /** Whether there is a member of OpenAI's results that is not null. */
    boolean isResult() {
        return result;
    }

    /** Whether there are only members in which other APIs say how a request has ended. */
    boolean areNotesOnly() {
        return !result && notes.standAlone();
    }

    /** Whether such members say success and no other word. */
    boolean reportNoFault() {
        return notes.reportNoFault();
    }

    /** Whether the result is a response object with an error in it. */
    boolean isFailedResult() {
        return isResponse() && error.isFailure();
    }

    /** Whether a choice mentions an error, even beside a result. */
    boolean hasErrorInChoice() {
        return errorInChoice;
    }

    /** Whether the root has a warning, or an error under another name, or a result in a list has one. */
    boolean hasRemarks() {
        return remarks;
    }

    boolean inBackground() {
        return UNFINISHED.contains(status);
    }
}
