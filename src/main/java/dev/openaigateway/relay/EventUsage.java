package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.form.UnrequestedUsage;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.routing.Attempt;

/** The usage that the events of one attempt report. Not thread-safe. */
final class EventUsage {

    private final Attempt attempt;
    private final StreamProgress progress;
    private Usage used;
    private Usage ofResults;
    private boolean isLatest;

    /** @param progress has seen each event before it is recorded */
    EventUsage(Attempt attempt, StreamProgress progress) {
        this.attempt = attempt;
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
        attempt.call().used(used, isTotal());
    }

    /** Whether the usage is that of the whole response. */
    boolean isTotal() {
        return isLatest && progress.isUsageTotal();
    }

    /** The event without usage that the client has not requested; null if nothing is left of it. What an upstream sends unasked stays. */
    StreamEvent shown(StreamEvent event, byte[] bytes, int start, int end) {
        Call call = attempt.call();
        boolean asked = attempt.hasAskedForUsage() || call.request().operation().usageOnRequest() && call.request().body().usageRequested();
        boolean isContent = event.usage() == null || event.hasChoices() || event.content();
        return isContent || !asked || call.received().body().usageRequested() ? event : UnrequestedUsage.cutOut(event, bytes, start, end);
    }
}
