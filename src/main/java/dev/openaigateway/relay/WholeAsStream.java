package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.memory.BufferedBody;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.form.JsonAsStream;
import dev.openaigateway.openai.form.MediaEvents;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.Outcome;
import org.apache.camel.Message;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Sends a response that is not a stream to a client that requested one. The upstream has done its work and bills it, so this is not a failure
 * of the instance, and no other one is asked. Serves one attempt.
 */
final class WholeAsStream {

    private final Attempt attempt;
    private final Call call;
    private final Message response;
    private final StreamOutput output;

    WholeAsStream(Attempt attempt, Message response) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.response = response;
        this.output = new StreamOutput(attempt);
    }

    /**
     * Sends events, each as soon as it is made.
     *
     * @param events     gives the bytes of each event to its argument
     * @param unfinished whether the response goes on at the upstream without the stream. A client that can resume the stream gets the end of
     *                   the connection, any other an error.
     */
    void send(Consumer<Consumer<byte[]>> events, boolean unfinished) {
        accept();
        events.accept(event -> {
            output.send(event, 0, event.length);
            if (unfinished && !call.request().isResumable()) {
                count(event);
            }
        });
        if (unfinished && call.request().isResumable()) {
            call.result().ended(200, Errors.streamBroken().code());
            output.breakOff();
            end();
        } else if (unfinished) {
            report(Errors.streamBroken());
        } else {
            output.end();
            end();
        }
    }

    /** Sends sound or text as the events that a stream of it has, and of anything else only an error. */
    void convert(InputStream whole) throws IOException {
        Operation operation = call.request().operation();
        boolean known = operation == Operation.SPEECH || operation == Operation.TRANSCRIPTIONS;
        BufferedBody body = known ? BufferedBody.read(whole, BufferedRelay.LARGEST_TRANSLATED, call.memory()) : null;
        if (body == null || !body.complete()) {
            call.cancellation().cancel();
            refuse();
            return;
        }
        if (operation == Operation.SPEECH) {
            send(events -> MediaEvents.writeSpeech(body.bytes(), events), false);
        } else {
            call.memory().shrink(body.surplus());
            reserve(call, body.bytes());
            send(MediaEvents.ofTranscript(body.bytes())::write, false);
        }
    }

    /**
     * Reserves the memory for the events of a body.
     *
     * @throws ApiException 503 if there is not as much
     */
    static void reserve(Call call, byte[] body) {
        long bytes = (long) JsonAsStream.COPIES * body.length;
        if (!call.memory().grow(bytes)) {
            throw Errors.memoryFull(call.memory().couldGrow(bytes)).exception();
        }
    }

    /** Sends an error: the client's stream has begun, and there are no events for what the upstream has sent. */
    void refuse() {
        accept();
        report(Errors.notAStream());
    }

    private void accept() {
        call.result().contentSeen(System.nanoTime());
        attempt.accept();
    }

    private void report(ApiError error) {
        call.result().ended(200, error.code());
        output.report(ErrorBody.of(error));
        output.end();
        end();
    }

    private void end() {
        attempt.end(new Outcome.Succeeded(200));
        response.setBody(null);
    }

    /** The numbers of an error's events follow those that were sent. */
    private void count(byte[] event) {
        if (output.errors().awaitsAnnouncement()) {
            output.errors().announced(SseData.in(event, 0, event.length).copyOfBytes());
        }
        output.errors().sent();
    }
}
