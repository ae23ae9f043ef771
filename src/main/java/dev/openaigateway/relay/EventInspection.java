package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.response.LongEvent;
import dev.openaigateway.openai.response.StreamErrorReporter;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.openai.sse.SseFramer;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.attempt.EventUsage;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.relay.attempt.StreamFailure;
import dev.openaigateway.relay.longevent.LongEventParts;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;

import java.time.Duration;
import java.util.function.Consumer;

/** Reads each event of one attempt's stream: whether it goes to the client, and whether the response has begun, is whole or failed. */
final class EventInspection {

    private static final byte[] NOTHING = new byte[0];
    /** After the last event of a stream. */
    static final Duration LONGEST_END = Duration.ofMillis(200);

    private final Attempt attempt;
    private final Call call;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final ErrorsUnderSuccess errors;
    private final EventUsage usage;
    private final StreamProgress progress;
    private final ClientEvents client;
    private final StreamFailure failure;
    private boolean content;
    private boolean seenAny;
    private boolean over;
    private boolean contentRecorded;
    private LongEventParts longEvent;

    /**
     * @param errors classifies an error that arrives as an event
     * @param sent   counts the events that the client gets
     */
    EventInspection(Attempt attempt, StoredObjects objects, ResponseReader reader, ErrorsUnderSuccess errors, StreamErrorReporter sent, StreamProgress progress) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
        this.usage = new EventUsage(attempt, progress);
        this.progress = progress;
        this.failure = new StreamFailure(errors, progress);
        this.client = new ClientEvents(attempt, errors, sent, this::record);
    }

    /** Whether content was seen, so that the call cannot fail over. */
    boolean hasContent() {
        return content;
    }

    /** Whether the last event was seen. */
    boolean isWhole() {
        return over || content && progress.isWhole();
    }

    /** Whether the response is whole if the body ends here. */
    boolean mayEnd() {
        return over || progress.mayEnd();
    }

    /** Whether no event can follow. */
    boolean isOver() {
        return over;
    }

    /** How the stream failed after content, if it did. */
    StreamFailure failure() {
        return failure;
    }

    /** Whether a stream without content can be whole: what is left of a stored response after its last event. */
    boolean mayBeEmpty() {
        return call.request().isBilledBefore() && !client.anyHeld();
    }

    /** What a stream without content ends with; {@code seenAny} says whether it has an event. */
    static Outcome withoutContent(boolean seenAny) {
        return new Outcome.Failed(FailureReason.MALFORMED, seenAny ? "the stream ended without content" : "the stream was empty");
    }

    Outcome withoutContent() {
        return withoutContent(seenAny);
    }

    /** Whether the event that is running is too long to be held. */
    boolean isLong() {
        return longEvent != null;
    }

    /** Whether a long event is read to its end before anything of it is sent: it only announces a response, so another instance can still respond. */
    boolean awaitsEnd(SseFramer events) {
        return !content && !isLong() && !events.exceeds(ClientEvents.MOST_WITH_ANNOUNCEMENTS)
                && StreamEvent.isPreamble(LongEvent.type(events.bytes(), events.start(), events.size()));
    }

    /**
     * Reads a part of an event that is too long to be held.
     *
     * @param passed gets what the client gets of it, if the stream is not over
     * @return whether the data of the event is complete
     */
    boolean inspectPart(byte[] bytes, int start, int end, Consumer<byte[]> passed) {
        longEvent = longEvent == null ? new LongEventParts(errors) : longEvent;
        longEvent.pass(bytes, start, end, counter(), passed);
        return longEvent.isComplete();
    }

    private CompletionCounter counter() {
        return over ? null : call.result().completionCounter();
    }

    /**
     * Reads an event, or the last part of one.
     *
     * @return what the client gets in place of it, empty for nothing; null to send it unchanged
     * @throws AttemptFailedException if the attempt failed before content
     */
    byte[] inspect(byte[] bytes, int start, int end) {
        if (longEvent != null) {
            byte[] rest = longEvent.end(bytes, start, end, counter());
            StreamEvent event = longEvent.event();
            longEvent = null;
            if (over) {
                return NOTHING;
            }
            client.sentInParts(event);
            progress.see(event);
            objects.record(attempt, event.responseId());
            usage.record(event);
            awaitEndIfOver();
            return rest;
        }
        StreamEvent event = reader.event(bytes, start, end, content, counter());
        if (event == StreamEvent.NO_DATA || over && event.done()) {
            return client.shown(event, bytes, start, end);
        }
        if (over) {
            return NOTHING;
        }
        seenAny = true;
        progress.see(event);
        if (event == StreamEvent.UNREAD) {
            return client.unread(bytes, start, end);
        }
        if (isFailure(event)) {
            fail(event, bytes, start, end);
            return NOTHING;
        }
        boolean unclear = !content && RequestedForm.isUnclear(call.request(), event);
        if (attempt.observer() != null) {
            attempt.observer().streamed(event.data(bytes, start, end));
        }
        if (!unclear && RequestedForm.commitsAttempt(call.request(), event)) {
            accept();
        }
        awaitEndIfOver();
        usage.record(event);
        if (usage.isUnrequested(event)) {
            return NOTHING;
        }
        if (content || !unclear && !event.isPreamble() && !client.anyHeld()) {
            return client.releaseWith(event, bytes, start, end);
        }
        if (client.hold(event, bytes, start, end)) {
            return NOTHING;
        }
        if (event.isPreamble()) {
            accept();
            return client.release();
        }
        throw AttemptFailedException.malformed("too much before the content");
    }

    /** An event that is too long to be held is content. Returns what waited for it, and goes to the client before it; empty for nothing. */
    byte[] beforePart() {
        accept();
        return client.release();
    }

    /** Not before the client gets the event: what a failed attempt has announced is not kept. */
    private void record(StreamEvent event, byte[] bytes, int start, int end) {
        boolean first = event.content() && !contentRecorded;
        contentRecorded |= first;
        if (event.hasItem() || first && StoredObjects.namesWithContent(call.request())) {
            objects.record(attempt, event.data(bytes, start, end));
        } else {
            objects.record(attempt, event.responseId());
        }
    }

    /** An error, or an end before its last event. A failed response does not count as a failure after content, or if the request is about a stored response. */
    private boolean isFailure(StreamEvent event) {
        if (content && progress.goesOnAfter(event)) {
            return false;
        }
        if (event.error() != null) {
            return !event.isFailedResponse() || !content && !call.request().isBilledBefore();
        }
        return event.done() && (progress.failureAtEnd() != null || !((content || mayBeEmpty()) && progress.isWhole()));
    }

    /** Before content the call fails over; after it the client gets the upstream's own error, and the stream ends. */
    private void fail(StreamEvent event, byte[] bytes, int start, int end) {
        call.cancellation().cancel();
        if (!content) {
            throw new AttemptFailedException(event.error() == null ? withoutContent(seenAny) : errors.outcome(event.error()));
        }
        if (event.error() == null) {
            failure.endsEarly();
        } else {
            failure.reports(event.error(), event.data(bytes, start, end));
        }
    }

    private void accept() {
        if (!content) {
            content = true;
            call.result().contentSeen(System.nanoTime());
            attempt.accept();
        }
    }

    /**
     * Once only the end of the body is outstanding, it is read so that the connection can be reused; an upstream that delays it,
     * or keeps sending, is cut off after 200 ms.
     */
    private void awaitEndIfOver() {
        if (progress.isOver()) {
            over = true;
            call.cancellation().cutAfter(LONGEST_END);
        }
    }
}
