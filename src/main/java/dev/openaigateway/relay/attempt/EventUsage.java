package dev.openaigateway.relay.attempt;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.routing.Attempt;

/** The usage that the events of one attempt report. Not thread-safe. */
public final class EventUsage {

    private final Attempt attempt;
    private final StreamProgress progress;
    private Usage used;
    private Usage ofResults;
    private boolean isLatest;

    /** @param progress has seen each event before it is recorded */
    public EventUsage(Attempt attempt, StreamProgress progress) {
        this.attempt = attempt;
        this.progress = progress;
    }

    /**
     * Records the usage of an event, if it has any. The latest counts, but that of one of several results is added. Some upstreams report usage before
     * the end: it is that of the response only if no content follows.
     */
    public void record(StreamEvent event) {
        Usage usage = event.usage();
        if (usage != null && (usage.hasCounts() || used == null)) {
            used = ofResults == null ? usage : ofResults.plus(usage);
            ofResults = event.endsResult() ? used : ofResults;
            isLatest = true;
        } else if (event.content()) {
            isLatest = false;
        }
        attempt.call().used(used, isTotal());
    }

    /** Whether the usage is that of the whole response. */
    public boolean isTotal() {
        return isLatest && progress.isUsageTotal();
    }

    /** Whether an event has no choice, but usage, which the gateway or a rule has requested and the client has not. What an upstream sends unasked stays. */
    public boolean isUnrequested(StreamEvent event) {
        Call call = attempt.call();
        boolean asked = attempt.hasAskedForUsage() || call.request().operation().usageOnRequest() && call.request().body().usageRequested();
        return event.usage() != null && !event.hasChoices() && !event.content() && asked && !call.received().body().usageRequested();
    }
}
