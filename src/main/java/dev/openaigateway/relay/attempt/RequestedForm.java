package dev.openaigateway.relay.attempt;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.openai.body.RequestedInputs;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.upstream.connection.BodyEnd;
import org.apache.camel.Message;

import java.util.Set;

/** The form of response that a request asks for. */
public final class RequestedForm {

    private static final Set<Operation> KNOWN_FORM = Set.of(Operation.CHAT_COMPLETIONS, Operation.COMPLETIONS, Operation.RESPONSES);
    private static final Set<String> TEXT_FORMATS = Set.of("text", "srt", "vtt");

    private RequestedForm() {
    }

    /** Whether all streams of the operation end with a known event, so that a stream without it is incomplete. */
    public static boolean isKnownForm(ModelRequest request) {
        return KNOWN_FORM.contains(request.operation());
    }

    /**
     * Whether no other instance can take over after this event: it is content, or announces a response that goes on without the stream,
     * so that there would be two.
     */
    public static boolean commitsAttempt(ModelRequest request, StreamEvent event) {
        return event.content() || isOfUnknownForm(request, event) || event.isPreamble() && request.isResumable();
    }

    /** Whether an event of a stream of sound or images is of another form than is known here. It is content, as the client may read it. */
    private static boolean isOfUnknownForm(ModelRequest request, StreamEvent event) {
        boolean untyped = event.type() == null && event.choices() == null && event.usage() == null;
        return untyped && !isKnownForm(request) && !event.done() && event != StreamEvent.DROPPED;
    }

    /** Whether an event before content may be noise, or an error in a form of its own. What follows shows which, so it waits until then. */
    public static boolean isUnclear(ModelRequest request, StreamEvent event) {
        boolean untyped = event.type() == null && event.choices() == null;
        return untyped && isKnownForm(request) && !event.done() && event != StreamEvent.DROPPED;
    }

    /** The progress of the stream in a response to the request. */
    public static StreamProgress progress(ModelRequest request, Message response) {
        long results = request.operation() == Operation.RESPONSES ? 1 : request.body() instanceof JsonBody body ? body.choices() : ofForm(request.body());
        if (request.operation() == Operation.COMPLETIONS && request.body() instanceof JsonBody body) {
            results *= RequestedInputs.prompts(body.bytes());
        }
        return new StreamProgress(results, isKnownForm(request), BodyEnd.isMarked(response));
    }

    private static long ofForm(RequestBody form) {
        return form.text("n").map(String::strip).filter(number -> number.matches("[0-9]{1,9}")).map(Long::parseLong).orElse(1L);
    }

    /** Whether a response is of no use without choices, as SDKs read the first one at once. */
    public static boolean needsChoices(ModelRequest request) {
        return request.operation().usageOnRequest();
    }

    /** Whether a response without results counts as none at all. A list of what is stored may be empty, and so may be the results of an empty input. */
    public static boolean needsData(ModelRequest request) {
        Operation operation = request.operation();
        return operation.returnsImages()
                || (operation == Operation.EMBEDDINGS || operation == Operation.MODERATIONS) && !(request.body() instanceof JsonBody body && RequestedInputs.areNone(body.bytes()));
    }

    public static boolean changesObject(ModelRequest request) {
        return request.body() instanceof StoredObjectRequest stored && stored.changesObject();
    }

    public static boolean isSound(ModelRequest request) {
        return request.operation() == Operation.SPEECH;
    }

    /** Whether the response must be JSON, unless it is a stream. */
    public static boolean isJson(ModelRequest request) {
        Operation operation = request.operation();
        return operation.returnsJson()
                || operation != Operation.SPEECH && request.body().text("response_format").filter(TEXT_FORMATS::contains).isEmpty();
    }
}
