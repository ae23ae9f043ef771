package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLabels;
import dev.openaigateway.call.CallResult;
import dev.openaigateway.call.RefusalListener;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.RecentRequests;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.stats.UsageRecord;

import java.time.Duration;
import java.time.InstantSource;

/** Records every completed call in the statistics, in the meters and as a usage record. Thread-safe. */
public final class UsageRecorder implements CallListener, RefusalListener {

    private static final Usage NONE = new Usage(0, 0);

    private final Statistics statistics;
    private final Metrics metrics;
    private final RecentRequests recent;
    private final Events events;
    private final InstantSource clock;

    public UsageRecorder(Statistics statistics, Metrics metrics, RecentRequests recent, Events events, InstantSource clock) {
        this.statistics = statistics;
        this.metrics = metrics;
        this.recent = recent;
        this.events = events;
        this.clock = clock;
    }

    /** Counts attempts that did not succeed, even if another instance then served the request. */
    @Override
    public void attemptEnded(Attempt attempt) {
        FailureReason reason = attempt.outcome().failure();
        if (reason != null) {
            String kind = reason.kind();
            String instance = attempt.instance().name();
            statistics.failedAttempt(instance, attempt.call().received().requestedModel(), attempt.call().clientName(), kind);
            metrics.failedAttempt(instance, attempt.request().model(), kind);
        }
    }

    @Override
    public void completed(Call call) {
        if (call.request().operation() == null && call.result().status() < 400) {
            return;
        }
        record(record(call));
    }

    @Override
    public void refused(String requestId, String path, String userAgent, ApiError error) {
        CallLabels labels = new CallLabels(Operation.atEndOf(path).map(Operation::path).orElse(null), userAgent, null, null);
        record(new UsageRecord(clock.instant(), requestId, null, null, error.status(), error.code(), false, NONE, Duration.ZERO, null,
                UsageRecord.Routing.NONE, labels));
    }

    private void record(UsageRecord record) {
        statistics.record(record);
        metrics.record(record);
        recent.add(record);
        events.used(record);
    }

    private UsageRecord record(Call call) {
        CallResult result = call.result();
        String model = call.received().requestedModel();
        String served = result.model();
        UsageRecord.Routing routing = new UsageRecord.Routing(result.rule(), result.instance(), served == null || served.equals(model) ? null : served,
                result.attempts().size(), result.attempts(), result.relayedHeaders().requestId());
        return new UsageRecord(clock.instant(), call.requestId(), call.clientName(), model, result.status(), result.errorCode(), call.request().stream(),
                result.total(), Duration.ofNanos(System.nanoTime() - call.arrivedNanos()), result.timeToFirstToken(), routing, call.labels());
    }
}
