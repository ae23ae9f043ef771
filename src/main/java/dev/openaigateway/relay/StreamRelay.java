package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.SseFramer;
import dev.openaigateway.openai.response.SseWriter;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.upstream.ExceptionClassifier;
import dev.openaigateway.upstream.Redaction;
import org.apache.hc.core5.http.MessageConstraintException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Relays a stream of events, each as soon as it is complete. Before the first content, a failure lets the call fail over to
 * another instance; after it, the failure is reported to the client inside the stream. Serves one attempt.
 */
final class StreamRelay {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] BLANK_LINE = {'\n', '\n'};
    private static final Duration LONGEST_END = Duration.ofMillis(200);

    private final Attempt attempt;
    private final Call call;
    private final InputStream upstream;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final Function<UpstreamError, Outcome> errors;
    private final SseFramer events;
    private boolean begun;
    private boolean content;
    private boolean seenAny;
    private boolean complete;
    private boolean over;
    private byte[] failure;
    private boolean insideEvent;

    /** @param errors classifies an error that arrives as an event */
    StreamRelay(Attempt attempt, InputStream upstream, StoredObjects objects, ResponseReader reader,
                Function<UpstreamError, Outcome> errors) {
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
        this.attempt = attempt;
        this.call = attempt.call();
        this.upstream = upstream;
        this.events = new SseFramer(call.memory()::grow);
    }

    void run() {
        try {
            byte[] piece = new byte[8 * 1024];
            for (int read = upstream.read(piece); read >= 0; read = failure == null ? upstream.read(piece) : -1) {
                events.append(piece, read);
                passWholeEvents();
                if (events.overlong()) {
                    passUnread();
                }
            }
            finish();
        } catch (IOException e) {
            if (over) {
                call.cancellation().cancel();
                finish();
            } else {
                breakOff(e);
            }
        }
    }

    /**
     * Only the end of the body is outstanding. It is read so that the connection can be reused; an upstream that delays it,
     * or keeps sending, is cut off after 200 ms.
     */
    private void awaitEnd() {
        over = true;
        call.cancellation().setDeadline(System.nanoTime() + LONGEST_END.toNanos());
    }

    private void passWholeEvents() {
        int from = events.start();
        for (int end = events.nextEnd(); end >= 0; end = failure == null ? events.nextEnd() : -1) {
            int start = events.start();
            byte[] replacement = inspect(start, end);
            events.consume(end);
            insideEvent = false;
            if (replacement != null) {
                pass(from, start);
                pass(replacement, 0, replacement.length);
                from = end;
            }
        }
        pass(from, events.start());
    }

    /** Relays an event in parts if it is too long to be held. An event that must be translated is an error instead. */
    private void passUnread() throws IOException {
        if (reader.translates()) {
            throw new MessageConstraintException("an event is too long to be translated");
        }
        pass(events.start(), events.size());
        accept();
        events.consume(events.size());
        insideEvent = true;
    }

    /** Returns the replacement for the event, or null to send it unchanged. */
    private byte[] inspect(int start, int end) {
        StreamEvent event = reader.event(events.bytes(), start, end, content, over ? null : call.result().completionCounter());
        if (over || event == StreamEvent.NO_DATA) {
            return event.replacement();
        }
        seenAny = true;
        objects.record(attempt, event.responseId());
        if (event.error() != null) {
            fail(event, start, end);
            return NOTHING;
        }
        if (event.content()) {
            accept();
        }
        complete |= event.last();
        if (event.end()) {
            awaitEnd();
        }
        return isUnrequestedUsage(event) || isAnnouncedAlready(event) ? NOTHING : event.replacement();
    }

    /** A preamble goes to the client once; an earlier attempt that failed before content may have sent it. */
    private boolean isAnnouncedAlready(StreamEvent event) {
        return event.preamble() != null && !call.clientStream().announce(event.preamble());
    }

    /** Before content the call fails over; after it the client gets the upstream's own error, and the stream ends. */
    private void fail(StreamEvent event, int start, int end) {
        call.cancellation().cancel();
        if (!content) {
            throw new AttemptFailedException(errors.apply(event.error()));
        }
        byte[] shown = event.replacement() == null ? Arrays.copyOfRange(events.bytes(), start, end) : event.replacement();
        failure = Redaction.of(shown, attempt.instance().settings());
    }

    private boolean isUnrequestedUsage(StreamEvent event) {
        Usage usage = event.usage();
        if (usage == null) {
            return false;
        }
        call.used(usage);
        return !event.hasChoices() && !event.content() && call.request().operation().usageOnRequest() && !call.request().body().usageRequested();
    }

    private void accept() {
        if (!content) {
            content = true;
            call.result().contentSeen(System.nanoTime());
            attempt.accept();
        }
    }

    private void pass(int from, int to) {
        pass(events.bytes(), from, to - from);
    }

    private void pass(byte[] bytes, int from, int length) {
        if (length > 0 && !begun) {
            begun = true;
            call.clientStream().begin(ResponseHeaders.ofStream(call, attempt.instance().name(), attempt.request().model()));
        }
        if (length > 0) {
            call.clientStream().write(bytes, from, length);
        }
    }

    private void finish() {
        if (failure == null && !over && events.start() < events.size()) {
            closeLastEvent();
        }
        if (!content) {
            throw new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED,
                    seenAny ? "the stream ended without content" : "the stream was empty"));
        }
        if (failure != null) {
            call.clientStream().write(failure, 0, failure.length);
            breakOff(FailureReason.SERVER_ERROR);
            call.clientStream().end();
        } else if (complete || !call.request().operation().usageOnRequest()) {
            call.clientStream().end();
            attempt.end(new Outcome.Succeeded(200));
        } else {
            breakOff(FailureReason.BROKEN);
            reportInStream();
        }
    }

    /** An upstream may omit the last blank line. An incomplete event is not sent to the client. */
    private void closeLastEvent() {
        if (insideEvent) {
            pass(events.start(), events.size());
        } else if (reader.isComplete(events.bytes(), events.start(), events.size())) {
            events.append(BLANK_LINE, BLANK_LINE.length);
            passWholeEvents();
        }
    }

    private void breakOff(IOException failure) {
        call.cancellation().cancel();
        if (call.clientStream().gone()) {
            throw new ClientGoneException();
        }
        FailureReason reason = ExceptionClassifier.reason(failure, call);
        if (!content) {
            throw new AttemptFailedException(new Outcome.Failed(reason, ""));
        }
        breakOff(reason);
        reportInStream();
    }

    private void breakOff(FailureReason reason) {
        attempt.end(new Outcome.BrokenOff(reason));
        call.result().ended(200, "upstream_stream_error");
    }

    private void reportInStream() {
        byte[] event = SseWriter.of(ErrorBody.of(Errors.streamBroken()), insideEvent);
        call.clientStream().write(event, 0, event.length);
        call.clientStream().end();
    }
}
