package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.affinity.StoredObjects.Passed;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.memory.BufferedBody;
import dev.openaigateway.json.JsonText;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.body.BodyKind;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.text.UnicodeText;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.MediaType;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

import static dev.openaigateway.routing.outcome.AttemptFailedException.malformed;

/**
 * Relays the response to a request that is passed through. JSON is read for what it creates, and a list of objects for what the client may
 * see, even if its media type is wrong; everything else, also JSON in lines, is relayed as it comes. Keys are masked where JSON or an event says something of errors.
 */
final class PassedRelay {

    /** In bytes. A list of files can be long, and must be read as a whole. */
    private static final int LARGEST_OBJECT = 8 * 1024 * 1024;

    /** Without anything for the client; then it gets an empty page. */
    private static final int MOST_FURTHER_PAGES = 50;

    private final Attempt attempt;
    private final Call call;
    private final Message response;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final ErrorsUnderSuccess errors;

    /** @param errors masks secrets in JSON that is held and in events */
    PassedRelay(Attempt attempt, Message response, StoredObjects objects, ResponseReader reader, ErrorsUnderSuccess errors) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.response = response;
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
    }

    void run(PassedRequest request, InputStream upstream) throws IOException {
        byte[] piece = new byte[8 * 1024];
        boolean lists = objects.listsOthers(call, request);
        int length = readFirst(piece, upstream, !lists && !request.isContent());
        if (!lists && isStream(request, piece, length)) {
            created(request);
            new PassedStream(attempt, request, objects, errors).run(status(), piece, length, upstream);
            response.setBody(null);
            return;
        }
        boolean lines = !lists && MediaType.of(response).isJsonLines();
        if (request.isContent() || lines || !isJson(piece, length)) {
            if (lists && length > 0 && !request.isContent() && !MediaType.of(response).isMedia()) {
                throw malformed("a list that is not JSON");
            }
            created(request);
            if (lines && length > 0) {
                objects.passing(attempt, request, Arrays.copyOf(piece, length), false);
            }
            pass(piece, length, upstream);
            return;
        }
        InputStream whole = length <= 0 ? upstream : new SequenceInputStream(new ByteArrayInputStream(piece, 0, length), upstream);
        BufferedBody body = BufferedBody.read(whole, LARGEST_OBJECT, call.memory());
        if (body.complete()) {
            created(request);
            respond(objects.passed(attempt, request, inUtf8(body.bytes())), body);
        } else if (lists) {
            throw body.bytes().length < LARGEST_OBJECT ? Errors.memoryFull().exception() : malformed("a list too long to be read");
        } else {
            created(request);
            objects.passing(attempt, request, body.bytes(), false);
            pass(body.bytes(), body.bytes().length, whole);
        }
    }

    /** Until the first bytes the attempt can fail, and another instance may respond in another form. */
    private int readFirst(byte[] piece, InputStream upstream, boolean mayBeEvents) throws IOException {
        call.result().announceEvents(mayBeEvents && status() == 200 && MediaType.of(response).isEventStream());
        try {
            return upstream.read(piece);
        } finally {
            call.result().announceEvents(false);
        }
    }

    private boolean isJson(byte[] piece, int length) {
        return MediaType.of(response).isJson() || JsonText.mayBegin(piece, length);
    }

    /** Whether the body is a stream of events, by its media type or its beginning; one by its media type may be empty. The content of a file is none. */
    private boolean isStream(PassedRequest request, byte[] piece, int length) {
        return !request.isContent() && (MediaType.of(response).isEventStream() && !JsonText.mayBegin(piece, length)
                || request.stream() && BodyKind.of(piece, length) == BodyKind.STREAM);
    }

    private byte[] inUtf8(byte[] body) {
        byte[] json = MediaType.of(response).isJson() ? UnicodeText.json(body) : body;
        if (json != body) {
            response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        return json;
    }

    /** Not before the body has begun, or is whole if it is held: until then the attempt can fail. */
    private void created(PassedRequest request) {
        String location = call.result().relayedHeaders().values().get("location");
        if (location != null) {
            objects.created(attempt, request, location.substring(location.lastIndexOf('/') + 1));
        }
    }

    /** An empty page would end the list for an SDK, so the next page is read in its place. */
    private void respond(Passed passed, BufferedBody page) {
        String next = passed.furtherPage();
        if (next == null || next.equals(attempt.request().query()) || attempt.furtherCalls() == MOST_FURTHER_PAGES) {
            set(errors.maskedPassed(passed.body()));
        } else {
            call.memory().shrink(page.leased());
            attempt.callAgain(attempt.request().withQuery(next));
        }
    }

    private void pass(byte[] piece, int length, InputStream rest) {
        if (length <= 0) {
            set(new byte[0]);
        } else if (!new BytesRelay(attempt, response, objects, reader, null).run(piece, length, rest)) {
            refuse();
        }
    }

    /** The client's stream has begun with a comment, and the upstream has sent none. */
    private void refuse() {
        call.cancellation().cancel();
        new WholeAsStream(attempt, response).refuse();
    }

    private int status() {
        return response.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    private void set(byte[] body) {
        if (!call.clientStream().leaveHead()) {
            refuse();
            return;
        }
        WholeOutput.send(attempt, response, body);
    }
}
