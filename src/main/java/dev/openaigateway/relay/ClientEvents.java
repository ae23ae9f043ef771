package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.form.UnendedResponse;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamErrorReporter;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.sse.SseFramer;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.upstream.ErrorsUnderSuccess;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of one attempt on their way to the client. Some wait for the first content: one that announces a response or is of no known form,
 * and those that follow it. With content the client gets them in their order; otherwise the attempt fails and they are dropped, as if they had not
 * come. Not thread-safe.
 */
final class ClientEvents {

    /** In bytes. A stream with more before its content, apart from announcements, is refused. */
    private static final int MOST = SseFramer.LONGEST_EVENT;
    /** In bytes, of all events that wait. What announces a response repeats the instructions and tools of the request. */
    static final int MOST_WITH_ANNOUNCEMENTS = BufferedRelay.LARGEST_TRANSLATED;
    /** An event is copied once when it waits, and twice more when all go to the client. */
    private static final int COPIES = 3;
    /** As much needs no reservation. */
    private static final int UNRESERVED = 16 * 1024;
    /** The objects of an event, in bytes. */
    private static final int OVERHEAD = 256;
    /** In bytes. A line without data that is no longer, such as an empty one, has no room for a secret. */
    private static final int SHORTEST_LINE = 8;
    private static final byte[] NOTHING = new byte[0];

    private final Attempt attempt;
    private final Call call;
    private final ErrorsUnderSuccess errors;
    private final StreamErrorReporter sent;
    private final Listener listener;
    private final UnendedResponse unended;
    private List<Held> events = List.of();
    private long size;
    private long announcements;
    private long reserved;

    /**
     * @param errors   masks secrets in an event with an error that does not end the stream, such as a response that failed
     * @param sent     counts the events that the client gets
     * @param listener learns of each event when the client gets it
     */
    ClientEvents(Attempt attempt, ErrorsUnderSuccess errors, StreamErrorReporter sent, Listener listener) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.unended = new UnendedResponse(call.memory()::grow);
        this.errors = errors;
        this.sent = sent;
        this.listener = listener;
    }

    /** Whether events wait. */
    boolean anyHeld() {
        return !events.isEmpty();
    }

    /**
     * Copies an event that has to wait.
     *
     * @return whether all that wait are together within the limit
     */
    boolean hold(StreamEvent event, byte[] bytes, int start, int end) {
        size += end - start + OVERHEAD;
        announcements += event.isPreamble() ? end - start : 0;
        long more = COPIES * size - UNRESERVED - reserved;
        if (more > 0) {
            if (!call.memory().grow(more)) {
                throw Errors.memoryFull(call.memory().couldGrow(more)).exception();
            }
            reserved += more;
        }
        add(event, bytes, start, end);
        return size - announcements <= MOST && size <= MOST_WITH_ANNOUNCEMENTS;
    }

    /**
     * The event goes to the client, after all that waited.
     *
     * @return what the client gets in place of it, empty for nothing; null to send it unchanged
     */
    byte[] releaseWith(StreamEvent event, byte[] bytes, int start, int end) {
        if (events.isEmpty()) {
            return pass(event, bytes, start, end);
        }
        add(event, bytes, start, end);
        return release();
    }

    /** Returns what the client gets for all events that waited; empty for nothing. */
    byte[] release() {
        if (events.isEmpty()) {
            return NOTHING;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) size);
        for (Held held : events) {
            byte[] replacement = pass(held.event, held.bytes, 0, held.bytes.length);
            all.writeBytes(replacement == null ? held.bytes : replacement);
        }
        events = List.of();
        call.memory().shrink(reserved);
        size = 0;
        announcements = 0;
        reserved = 0;
        return all.toByteArray();
    }

    private void add(StreamEvent event, byte[] bytes, int start, int end) {
        if (events.isEmpty()) {
            events = new ArrayList<>();
        }
        events.add(new Held(event, Arrays.copyOfRange(bytes, start, end)));
    }

    private byte[] pass(StreamEvent event, byte[] bytes, int start, int end) {
        listener.released(event, bytes, start, end);
        byte[] shown = shown(event, bytes, start, end);
        if (shown == null) {
            keep(event, bytes, start, end);
        } else {
            keep(event, shown, 0, shown.length);
        }
        if (event.done() && sent.announcement() != null) {
            return withLastEvent(shown == null ? Arrays.copyOfRange(bytes, start, end) : shown);
        }
        if (event.replacement() == null || event.replacement().length > 0) {
            sent.sent();
        }
        return shown;
    }

    /** What the client gets of an event is what an event of the gateway's own may repeat. */
    private void keep(StreamEvent event, byte[] shown, int start, int end) {
        if (event.isPreamble() && sent.awaitsAnnouncement()) {
            announce(SseData.copyOfBytes(shown, start, end));
        }
        if (sent.announcement() != null) {
            unended.see(event, shown, start, end);
        }
    }

    /** What the client gets of an event: without secrets where an error may be. Null to send it unchanged. */
    byte[] shown(StreamEvent event, byte[] bytes, int start, int end) {
        boolean ofNoForm = event == StreamEvent.NO_DATA || event == StreamEvent.UNREADABLE || RequestedForm.isUnclear(call.request(), event);
        if (!ofNoForm && !event.mayMentionError()) {
            return besideContent(event.replacement(), bytes, start, end);
        }
        if (event == StreamEvent.NO_DATA && end - start <= SHORTEST_LINE) {
            return null;
        }
        byte[] sent = event.replacement() == null ? Arrays.copyOfRange(bytes, start, end) : event.replacement();
        byte[] shown = ofNoForm ? errors.masked(sent) : SseData.withErrors(sent, event.isFailedResponse(), errors::masked);
        return besideContent(shown, shown, 0, shown.length);
    }

    /** @param made what the client gets in place of the event; null for none */
    private byte[] besideContent(byte[] made, byte[] bytes, int start, int end) {
        if (made == null ? !errors.mayHoldKey(bytes, start, end) : !errors.mayHoldKey(made, 0, made.length)) {
            return made;
        }
        byte[] sent = made == null ? Arrays.copyOfRange(bytes, start, end) : made;
        byte[] shown = errors.maskedBesideContent(sent);
        return shown == sent ? made : shown;
    }

    /** As {@link #releaseWith}, for an event with a piece of the response that was not read. */
    byte[] unread(byte[] bytes, int start, int end) {
        sent.sent();
        return besideContent(null, bytes, start, end);
    }

    /** The end of a response of which the upstream has left out the last event. */
    private byte[] withLastEvent(byte[] done) {
        byte[] last = unended.lastEvent(sent.announcement(), sent.nextNumber());
        if (last == null) {
            return done;
        }
        if (attempt.observer() != null) {
            attempt.observer().streamed(SseData.in(last, 0, last.length).copyOfBytes());
        }
        ByteArrayOutputStream end = new ByteArrayOutputStream(last.length + done.length);
        end.writeBytes(last);
        end.writeBytes(done);
        return end.toByteArray();
    }

    /** The client gets an event in parts, since it is too long to be held. */
    void sentInParts(StreamEvent event) {
        sent.sent();
        if (event.type() == null || event.isItemDone()) {
            unended.lose();
        }
    }

    /** A long announcement is kept for an error at the end only if there is memory for it. */
    private void announce(byte[] data) {
        sent.announced(data.length <= UNRESERVED || call.memory().grow(data.length) ? data : NOTHING);
    }

    /** Learns of events that go to the client. */
    @FunctionalInterface
    interface Listener {

        void released(StreamEvent event, byte[] bytes, int start, int end);
    }

    private record Held(StreamEvent event, byte[] bytes) {
    }
}
