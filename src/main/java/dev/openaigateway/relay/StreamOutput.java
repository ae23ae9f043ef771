package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientStream;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.response.StreamErrorReporter;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.server.response.StreamErrors;

/** Sends the events of one attempt to the client. Not thread-safe. */
final class StreamOutput {

    private final Call call;
    private final ClientStream client;
    private final Attempt attempt;
    private final StreamErrorReporter errors;
    private boolean begun;
    private boolean insideEvent;

    StreamOutput(Attempt attempt) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.client = call.clientStream();
        this.errors = StreamErrors.of(call);
    }

    StreamErrorReporter errors() {
        return errors;
    }

    /** Sends bytes that end with an event. */
    void send(byte[] bytes, int from, int length) {
        if (length > 0) {
            begin();
            client.write(bytes, from, length);
            if (insideEvent) {
                inside(false);
            }
        }
    }

    /** Sends bytes after which the event goes on, so that nothing else may be sent before its end. */
    void sendPart(byte[] bytes, int from, int length) {
        if (length > 0) {
            begin();
            inside(true);
            client.write(bytes, from, length);
        }
    }

    /**
     * Ends a stream that is incomplete.
     *
     * @param error what the client is told unless the gateway stopped; null to close the connection, in either case
     */
    void endEarly(int status, Outcome outcome, byte[] error) {
        boolean stopped = outcome.reason() == FailureReason.STOPPED;
        attempt.end(outcome);
        call.result().ended(status, stopped ? ErrorCode.GATEWAY_STOPPING : ErrorCode.UPSTREAM_STREAM_ERROR);
        if (error == null) {
            breakOff();
        } else {
            report(stopped ? ErrorBody.of(Errors.stopping()) : error);
            end();
        }
    }

    /** @param error in any form; the client gets it in that of its protocol */
    void report(byte[] error) {
        byte[] events = errors.events(error, insideEvent);
        send(events, 0, events.length);
    }

    /** Ends the stream as complete, also one without events. */
    void end() {
        begin();
        client.end();
    }

    /** Closes the connection, so that the client sees that the stream is incomplete. */
    void breakOff() {
        client.breakOff();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            client.begin(ResponseHeaders.ofStream(call, attempt.instance().name(), attempt.request().model()));
        }
    }

    private void inside(boolean event) {
        insideEvent = event;
        client.insideEvent(event);
    }
}
