package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.StreamEvent;

/** The usage that the events of one attempt report. Not thread-safe. */
final class EventUsage {

    private final Call call;
    private Usage used;

    EventUsage(Call call) {
        this.call = call;
    }

    /** Records the usage of an event, if it has any. The latest counts, but that of one of several results is added. */
    void record(StreamEvent event) {
        Usage usage = event.usage();
        if (usage != null && (usage.hasCounts() || used == null)) {
            used = event.endsResult() && used != null ? used.plus(usage) : usage;
            call.used(used);
        }
    }

    /** Whether an event has nothing but usage, which the gateway has requested and the client has not. */
    boolean isUnrequested(StreamEvent event) {
        return event.usage() != null && !event.hasChoices() && !event.content() && call.request().operation().usageOnRequest()
                && !call.received().body().usageRequested();
    }
}
