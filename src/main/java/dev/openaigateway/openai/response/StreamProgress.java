package dev.openaigateway.openai.response;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.response.errors.FinishedItems;

/**
 * Detects the end of a stream. A stream is complete once its last event was seen: a finish reason for each choice, the last event of
 * a response, transcript, speech or image, or {@code [DONE]} where events have no type. {@code [DONE]} also ends a response of which all items
 * are done, because some routers leave out its last event, if {@link FinishedItems} say that nothing is missing. Not thread-safe.
 */
public final class StreamProgress {

    private final long requested;
    private final boolean knownForm;
    private final boolean marked;
    private final Choices choices = new Choices();
    private TypedStream kind;
    private UpstreamError firstFailure;
    private boolean unread;
    private boolean done;
    private boolean ended;
    private long results;
    private long openItems;
    private final FinishedItems items = new FinishedItems();

    /**
     * @param requested number of results that the request asks for; 1 unless it says otherwise
     * @param knownForm whether a stream of another form cannot be whole; if false, the end of its body ends it
     * @param marked    whether the body marks its end, so that a connection that breaks is not an end
     */
    public StreamProgress(long requested, boolean knownForm, boolean marked) {
        this.requested = requested;
        this.knownForm = knownForm;
        this.marked = marked;
    }

    /** An event that was not read is content of the first choice, or of a form without choices. */
    public void see(StreamEvent event) {
        if (event == StreamEvent.UNREAD) {
            unread = true;
            return;
        }
        done |= event.done();
        if (event.choices() != null) {
            choices.add(event.choices());
        }
        if (firstFailure == null && event.isFailedChoice()) {
            firstFailure = event.error();
        }
        TypedStream ofEvent = TypedStream.of(event.type());
        if (ofEvent != null) {
            kind = ofEvent;
            ended = kind.isEnd(event.type());
            results += ended ? 1 : 0;
            countItem(event);
        }
    }

    private void countItem(StreamEvent event) {
        if (event.type().equals(StreamEvent.ITEM_ADDED)) {
            openItems++;
        } else if (event.isItemDone()) {
            openItems = Math.max(0, openItems - 1);
            items.add(event.item());
        }
    }

    /** Whether the last event was seen, so that nothing of the response is missing. More may follow, such as the usage. */
    public boolean isWhole() {
        if (kind != null) {
            return ended ? !kind.repeats() || results >= requested || done : done && items.areWhole() && openItems == 0;
        }
        return done || choices.allFinished(requested);
    }

    /**
     * Whether nothing is missing if the body ends here: all that has begun has its last event. There may be fewer results than requested,
     * as some upstreams ignore their number.
     */
    public boolean isFinished() {
        return isWhole() || marked && hasEnded();
    }

    /** Whether all that has begun has its last event. More may begin, and the usage may follow. */
    private boolean hasEnded() {
        return kind == null ? choices.allFinished(1) : ended;
    }

    /** Whether usage in the latest event, or before it and after all content, is that of everything that was seen. */
    public boolean isUsageTotal() {
        return done || hasEnded();
    }

    /** Whether the end of the body can be that of the response: it is finished, or of a form without a last event. */
    public boolean mayEnd() {
        return isFinished() || !knownForm && kind == null && choices.seen().isEmpty();
    }

    /** Whether the event, which was seen, reports only the failure of a choice, and others go on or have their result. */
    public boolean goesOnAfter(StreamEvent event) {
        return event.isFailedChoice() && !allFailed(requested);
    }

    /**
     * The error of the first choice that failed, if the stream ends here and no choice has a result; otherwise null. There may be fewer choices
     * than requested, so {@link #goesOnAfter} can have waited for one that never came.
     */
    public UpstreamError failureAtEnd() {
        return allFailed(1) ? firstFailure : null;
    }

    private boolean allFailed(long atLeast) {
        return choices.allFailed(atLeast) && (!unread || choices.failed().get(0));
    }

    /** Whether no event can follow. */
    public boolean isOver() {
        return (done || kind != null) && isWhole();
    }
}
