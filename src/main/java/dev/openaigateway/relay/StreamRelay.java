package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.openai.response.ErrorLine;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.openai.sse.SseFramer;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.body.BodyPrefix;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.ExceptionClassifier;
import org.apache.hc.core5.http.MessageConstraintException;

import java.io.IOException;
import java.io.InputStream;

/**
 * Relays a stream of events, each as soon as it is complete. Before the first content, a failure lets the call fail over to
 * another instance; after it, the failure is reported to the client inside the stream, or by the end of the connection if the
 * response goes on without the stream. Serves one attempt.
 */
final class StreamRelay {

    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private final Attempt attempt;
    private final Call call;
    private final InputStream upstream;
    private final ResponseReader reader;
    private final ErrorsUnderSuccess errors;
    private final SseFramer events;
    private final StreamOutput output;
    private final EventInspection inspection;

    /** @param errors classifies an error that arrives as an event */
    StreamRelay(Attempt attempt, InputStream upstream, StoredObjects objects, ResponseReader reader,
                ErrorsUnderSuccess errors, StreamProgress progress) {
        this.reader = reader;
        this.errors = errors;
        this.attempt = attempt;
        this.call = attempt.call();
        this.upstream = upstream;
        this.events = new SseFramer(call.memory()::grow);
        this.output = new StreamOutput(attempt);
        this.inspection = new EventInspection(attempt, objects, reader, errors, output.errors(), progress);
    }

    /** @param beginning what was read of the stream */
    void run(BodyPrefix beginning) {
        try {
            events.append(beginning.bytes(), beginning.length());
            do {
                passWholeEvents();
                if (!hasFailed() && events.overlong() && !inspection.awaitsEnd(events)) {
                    passUnread();
                }
            } while (!hasFailed() && events.readFrom(upstream));
            finish();
        } catch (IOException e) {
            if (inspection.hasContent() && !inspection.isOver() && !call.clientStream().gone()) {
                closeLastEvent();
            }
            if (inspection.isOver() || inspection.isWhole() && !call.clientStream().gone()) {
                call.cancellation().cancel();
                finish();
            } else {
                breakOff(e);
            }
        }
    }

    private boolean hasFailed() {
        return inspection.failure().isKnown();
    }

    private void passWholeEvents() {
        int from = events.start();
        for (int end = events.nextEnd(); end >= 0; end = hasFailed() ? -1 : events.nextEnd()) {
            int start = events.start();
            byte[] replacement = inspection.inspect(events.bytes(), start, end);
            events.consume(end);
            if (replacement != null) {
                output.send(events.bytes(), from, start - from);
                output.send(replacement, 0, replacement.length);
                from = end;
            }
        }
        output.send(events.bytes(), from, events.start() - from);
    }

    /** Relays an event in parts if it is too long to be held. One that must be translated is an error instead, and a line with an error ends the stream. */
    private void passUnread() throws IOException {
        if (reader.translates()) {
            throw new MessageConstraintException("an event is too long to be translated");
        }
        boolean begins = !inspection.isLong() && !inspection.isOver();
        byte[] error = begins ? ErrorLine.shortened(events.bytes(), events.start(), events.size(), errors::masked) : null;
        if (error == null) {
            passPart();
        } else {
            inspection.inspect(error, 0, error.length);
        }
    }

    /** Returns whether the data of the event is complete. */
    private boolean passPart() {
        byte[] before = inspection.beforePart();
        boolean over = inspection.isOver();
        output.send(before, 0, over ? 0 : before.length);
        boolean complete = inspection.inspectPart(events.bytes(), events.start(), events.size(), part -> output.sendPart(part, 0, over ? 0 : part.length));
        events.skip();
        return complete;
    }

    private void finish() {
        if (!hasFailed() && !inspection.isOver()) {
            closeLastEvent();
        }
        if (!hasFailed()) {
            inspection.failure().ends();
        }
        if (!inspection.hasContent() && !inspection.mayBeEmpty()) {
            throw new AttemptFailedException(inspection.withoutContent());
        }
        if (!hasFailed() && (!inspection.hasContent() || inspection.mayEnd())) {
            output.end();
            attempt.end(new Outcome.Succeeded(200));
        } else {
            end(hasFailed() ? inspection.failure().outcome() : new Outcome.BrokenOff(FailureReason.BROKEN));
        }
    }

    /** An upstream may omit the last blank line. An incomplete event is not sent to the client. */
    private void closeLastEvent() {
        boolean complete = inspection.isLong() ? passPart()
                : events.start() < events.size() && reader.isComplete(events.bytes(), events.start(), events.size());
        if (complete) {
            events.append(BLANK_LINE, BLANK_LINE.length);
            passWholeEvents();
        }
    }

    private void breakOff(IOException thrown) {
        call.cancellation().cancel();
        if (call.clientStream().gone()) {
            throw new ClientGoneException();
        }
        FailureReason reason = ExceptionClassifier.reason(thrown, call);
        if (!inspection.hasContent()) {
            throw new AttemptFailedException(new Outcome.Failed(reason, ""));
        }
        end(new Outcome.BrokenOff(reason));
    }

    private void end(Outcome outcome) {
        boolean goesOn = call.request().isResumable() && !inspection.failure().hasReport();
        output.endEarly(200, outcome, goesOn ? null : inspection.failure().report());
    }
}
