package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;

/** The usage that the events of one attempt report. Not thread-safe. */
final class EventUsage {

    private final Call call;
    private final StreamProgress progress;
    private Usage used;
    private Usage ofResults;
    private boolean isLatest;

    /** @param progress has seen each event before it is recorded */
    EventUsage(Call call, StreamProgress progress) {
        this.call = call;
        this.progress = progress;
    }

    /**
     * Records the usage of an event, if it has any. The latest counts, but that of one of several results is added. Some upstreams report usage before
     * the end: it is that of the response only if no content follows.
     */
    void record(StreamEvent event) {
        Usage usage = event.usage();
        if (usage != null && (usage.hasCounts() || used == null)) {
            used = ofResults == null ? usage : ofResults.plus(usage);
            ofResults = event.endsResult() ? used : ofResults;
            isLatest = true;
        } else if (event.content()) {
            isLatest = false;
        }
        if (used != null) {
            call.used(used, isTotal());
        }
    }

    /** Whether the usage is that of the whole response. */
    boolean isTotal() {
        return isLatest && progress.isUsageTotal();
    }

    /** Whether an event has nothing but usage, which the gateway has requested and the client has not. */
    boolean isUnrequested(StreamEvent event) {
        return event.usage() != null && !event.hasChoices() && !event.content() && call.request().operation().usageOnRequest()
                && !call.received().body().usageRequested();
    }
}
