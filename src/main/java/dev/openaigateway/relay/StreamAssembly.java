package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.form.StreamAsJson;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.openai.sse.SseFramer;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.attempt.EventUsage;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.relay.body.BodyPrefix;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import org.apache.hc.core5.http.MessageConstraintException;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its last event and assembles it into the JSON that the client requested. Serves one attempt. */
final class StreamAssembly {

    private static final byte[] BLANK_LINE = {'\n', '\n'};
    /** The piece, the parts read from it, and the JSON made of them. */
    private static final int COPIES = 3;

    private final Call call;
    private final ResponseReader reader;
    private final ErrorsUnderSuccess errors;
    private final SseFramer events;
    private final StreamProgress progress;
    private final EventUsage usage;
    private final StreamAsJson parts;
    private long lacking;
    private boolean seenAny;
    private boolean content;
    private boolean over;

    /** @param errors classifies an error that arrives as an event */
    StreamAssembly(Attempt attempt, ResponseReader reader, ErrorsUnderSuccess errors, StreamProgress progress) {
        this.call = attempt.call();
        this.reader = reader;
        this.errors = errors;
        this.events = new SseFramer(this::lease, BufferedRelay.LARGEST_TRANSLATED);
        this.progress = progress;
        this.usage = new EventUsage(attempt, progress);
        this.parts = new StreamAsJson(call.request().operation());
    }

    /**
     * @return the response in OpenAI's format
     * @throws AttemptFailedException if the stream reports an error, is not whole or has no content; another instance may respond
     */
    byte[] run(BodyPrefix beginning, InputStream upstream) throws IOException {
        try {
            read(beginning, upstream);
            addLastEvent();
        } catch (MessageConstraintException e) {
            throw e;
        } catch (IOException e) {
            endOrThrow(e);
        }
        if (!content) {
            throw withoutContent();
        }
        if (progress.failureAtEnd() != null) {
            throw new AttemptFailedException(errors.outcome(progress.failureAtEnd()));
        }
        if (!progress.isFinished()) {
            throw new AttemptFailedException(new Outcome.Failed(FailureReason.BROKEN, "the stream ended early"));
        }
        return parts.json();
    }

    /** Whether the usage in the response is that of all of it. */
    boolean isUsageTotal() {
        return usage.isTotal();
    }

    /** Once the stream is over, only the end of the body is awaited, so that the connection can be reused. */
    private void read(BodyPrefix beginning, InputStream upstream) throws IOException {
        byte[] piece = beginning.buffer();
        long size = 0;
        for (int read = beginning.length(); read >= 0; read = upstream.read(piece)) {
            if (over) {
                continue;
            }
            size += read;
            if (size > BufferedRelay.LARGEST_TRANSLATED || events.overlong()) {
                throw new MessageConstraintException("a stream is too long to be assembled");
            }
            boolean fits = lease((long) COPIES * read);
            if (fits) {
                events.append(piece, read);
            }
            if (!fits || events.lacksMemory()) {
                throw Errors.memoryFull(call.memory().couldGrow(lacking)).exception();
            }
            addWholeEvents();
        }
    }

    private boolean lease(long bytes) {
        boolean fits = call.memory().grow(bytes);
        lacking = fits ? lacking : bytes;
        return fits;
    }

    /** A connection that breaks after the last event takes nothing of the response. */
    private void endOrThrow(IOException thrown) throws IOException {
        boolean left = call.clientStream().gone();
        if (!over && !left) {
            addLastEvent();
        }
        if (left || !over && !(content && progress.isWhole())) {
            throw thrown;
        }
        call.cancellation().cancel();
    }

    /** An upstream may omit the last blank line. */
    private void addLastEvent() {
        if (!over && reader.isComplete(events.bytes(), events.start(), events.size())) {
            events.append(BLANK_LINE, BLANK_LINE.length);
            addWholeEvents();
        }
    }

    private void addWholeEvents() {
        for (int end = events.nextEnd(); end >= 0 && !over; end = events.nextEnd()) {
            add(reader.event(events.bytes(), events.start(), end, false, null), end);
            events.consume(end);
        }
    }

    private void add(StreamEvent event, int end) {
        progress.see(event);
        usage.record(event);
        boolean result = event.isFailedResponse() && (content || call.request().isBilledBefore());
        if (event.error() != null && !result && !(content && progress.goesOnAfter(event))) {
            throw new AttemptFailedException(errors.outcome(event.error()));
        }
        seenAny |= event != StreamEvent.NO_DATA;
        content |= !RequestedForm.isUnclear(call.request(), event) && RequestedForm.commitsAttempt(call.request(), event);
        if (event.replacement() == null) {
            add(event.type(), SseData.in(events.bytes(), events.start(), end));
        } else {
            add(event.type(), SseData.in(event.replacement(), 0, event.replacement().length));
        }
        if (event.done() && !content) {
            throw withoutContent();
        }
        if (progress.isOver()) {
            over = true;
            call.cancellation().cutAfter(EventInspection.LONGEST_END);
        }
    }

    private AttemptFailedException withoutContent() {
        return new AttemptFailedException(EventInspection.withoutContent(seenAny));
    }

    private void add(String type, SseData data) {
        if (data != null && !data.isDone()) {
            parts.add(type, data.copyOfBytes());
        }
    }
}
