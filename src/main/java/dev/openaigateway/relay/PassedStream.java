package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.sse.SseFramer;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.ExceptionClassifier;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Relays the stream of a request that is passed through, each event as soon as it is complete, and one that is too long to be held as it comes. Its events
 * are read only for what they create, and masked only where they say something of errors. Serves one attempt.
 */
final class PassedStream {

    private final Attempt attempt;
    private final Call call;
    private final PassedRequest request;
    private final StoredObjects objects;
    private final ErrorsUnderSuccess errors;
    private final SseFramer events;
    private final StreamOutput output;
    private boolean insideLongEvent;

    PassedStream(Attempt attempt, PassedRequest request, StoredObjects objects, ErrorsUnderSuccess errors) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.request = request;
        this.objects = objects;
        this.errors = errors;
        this.events = new SseFramer(call.memory()::grow);
        this.output = new StreamOutput(attempt);
    }

    /**
     * @param piece  the first bytes of the stream; the array is reused
     * @param length how many; negative for a stream without any
     */
    void run(int status, byte[] piece, int length, InputStream rest) {
        call.clientStream().begin(status, ResponseHeaders.ofStream(call, attempt.instance().name(), attempt.request().model()));
        attempt.accept();
        call.result().contentSeen(System.nanoTime());
        try {
            for (int read = length; read >= 0; read = rest.read(piece)) {
                pass(piece, read);
            }
            endLastEvent();
            output.end();
            attempt.end(new Outcome.Succeeded(status));
        } catch (IOException e) {
            breakOff(status, e);
        }
    }

    /** What an event creates is remembered before the client has the end of the event. */
    private void pass(byte[] piece, int length) {
        events.append(piece, length);
        int from = events.start();
        for (int end = events.nextEnd(); end >= 0; end = events.nextEnd()) {
            int start = events.start();
            read(end);
            byte[] masked = insideLongEvent ? null : errors.maskedPassed(events.bytes(), start, end);
            if (masked != null) {
                output.send(events.bytes(), from, start - from);
                output.send(masked, 0, masked.length);
                from = end;
            }
            events.consume(end);
            insideLongEvent = false;
        }
        output.send(events.bytes(), from, events.start() - from);
        if (insideLongEvent || events.overlong()) {
            read(events.size());
            output.sendPart(events.bytes(), events.start(), events.size() - events.start());
            events.skip();
            insideLongEvent = true;
        }
    }

    private void read(int end) {
        SseData data = insideLongEvent ? null : SseData.in(events.bytes(), events.start(), end);
        if (data != null) {
            objects.passing(attempt, request, data.copyOfBytes(), true);
        }
    }

    /** An upstream may omit the last blank line. */
    private void endLastEvent() {
        read(events.size());
        byte[] masked = errors.maskedPassed(events.bytes(), events.start(), events.size());
        byte[] last = masked == null ? Arrays.copyOfRange(events.bytes(), events.start(), events.size()) : masked;
        output.send(last, 0, last.length);
    }

    private void breakOff(int status, IOException thrown) {
        call.cancellation().cancel();
        if (call.clientStream().gone()) {
            throw new ClientGoneException();
        }
        output.endEarly(status, new Outcome.BrokenOff(ExceptionClassifier.reason(thrown, call)), ErrorBody.of(Errors.streamBroken()));
    }
}
