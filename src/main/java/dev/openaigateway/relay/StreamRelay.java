package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.SseData;
import dev.openaigateway.openai.SseFramer;
import dev.openaigateway.openai.SseWriter;
import dev.openaigateway.openai.StreamEvent;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.routing.StoredResponseAffinity;
import dev.openaigateway.routing.StoredResponseAffinity.Owner;
import dev.openaigateway.upstream.ExceptionClassifier;
import dev.openaigateway.upstream.Redaction;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Passes a stream of events on as they come, each as soon as it is whole. Until the first content another instance can
 * still take over; after it, a failure is told to the client inside the stream.
 */
final class StreamRelay {

    private static final byte[] BLANK_LINE = {'\n', '\n'};
    private static final Duration LONGEST_END = Duration.ofMillis(200);

    private final Attempt attempt;
    private final Call call;
    private final InputStream upstream;
    private final StoredResponseAffinity affinity;
    private final Function<byte[], Outcome> errors;
    private final SseFramer events;
    private boolean begun;
    private boolean content;
    private boolean seenAny;
    private boolean complete;
    private boolean over;
    private byte[] failure;
    private boolean insideEvent;

    /** @param errors what an error means that comes as an event */
    StreamRelay(Attempt attempt, InputStream upstream, StoredResponseAffinity affinity, Function<byte[], Outcome> errors) {
        this.affinity = affinity;
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
            }
            finish();
        } catch (IOException e) {
            if (over) {
                call.upstream().cancel();
                finish();
            } else {
                breakOff(e);
            }
        } catch (ClientGoneException e) {
            call.upstream().cancel();
            throw e;
        }
    }

    /**
     * Only the end of the body is to come. It is read so that the connection can be used again; an upstream that holds it
     * back, or goes on sending, is cut off soon.
     */
    private void awaitEnd() {
        over = true;
        call.upstream().setDeadline(System.nanoTime() + LONGEST_END.toNanos());
    }

    private void passWholeEvents() {
        int from = events.start();
        for (int end = events.nextEnd(); end >= 0; end = failure == null ? events.nextEnd() : -1) {
            int start = events.start();
            boolean wanted = inspect(start, end);
            events.consume(end);
            insideEvent = false;
            if (!wanted) {
                pass(from, start);
                from = end;
            }
        }
        pass(from, events.start());
        if (events.overlong()) {
            pass(events.start(), events.size());
            accept();
            events.consume(events.size());
            insideEvent = true;
        }
    }

    /** Returns whether the event is to be passed on. */
    private boolean inspect(int start, int end) {
        SseData data = SseData.in(events.bytes(), start, end);
        if (data == null || over) {
            return true;
        }
        if (data.isDone()) {
            complete = true;
            accept();
            awaitEnd();
            return true;
        }
        seenAny = true;
        if (content && call.result().completionCounter() == null && !data.isRemarkable()) {
            return true;
        }
        StreamEvent event = data.read(call.result().completionCounter());
        if (event.responseId() != null) {
            affinity.remember(event.responseId(), new Owner(attempt.instance().name(), call.request().model(), call.clientName()));
        }
        if (event.error()) {
            fail(data, start, end);
            return false;
        } else if (event.content()) {
            accept();
        }
        complete |= event.last();
        if (event.end()) {
            awaitEnd();
        }
        return !isUnrequestedUsage(event) && !isAnnouncedAlready(event);
    }

    /** An instance that failed before content has announced the answer, so that the client does not wait for a first event. */
    private boolean isAnnouncedAlready(StreamEvent event) {
        return event.preamble() != null && !call.clientStream().announce(event.preamble());
    }

    /** Before content another instance takes over; after it the client gets the upstream's own error, and the stream ends there. */
    private void fail(SseData data, int start, int end) {
        call.upstream().cancel();
        if (!content) {
            throw new AttemptFailedException(errors.apply(data.copyOfBytes()));
        }
        failure = Redaction.of(Arrays.copyOfRange(events.bytes(), start, end), attempt.instance().settings());
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
        if (to > from) {
            begin();
            call.clientStream().write(events.bytes(), from, to - from);
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            call.clientStream().begin(ResponseHeaders.ofStream(call, attempt.instance().name()));
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

    /** An upstream may forget the last blank line. What is only a part of an event does not reach the client. */
    private void closeLastEvent() {
        SseData tail = SseData.in(events.bytes(), events.start(), events.size());
        if (insideEvent) {
            pass(events.start(), events.size());
        } else if (tail != null && tail.isWhole()) {
            events.append(BLANK_LINE, BLANK_LINE.length);
            passWholeEvents();
        }
    }

    private void breakOff(IOException failure) {
        call.upstream().cancel();
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
