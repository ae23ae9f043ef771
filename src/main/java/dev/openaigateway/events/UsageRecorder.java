package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.stats.UsageRecord;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Records every completed call in the statistics, in the meters and as a usage record. Thread-safe. */
public final class UsageRecorder implements CallListener {

    private static final Usage NONE = new Usage(0, 0);

    private final Statistics statistics;
    private final Metrics metrics;
    private final Events events;
    private final InstantSource clock;

    public UsageRecorder(Statistics statistics, Metrics metrics, Events events, InstantSource clock) {
        this.statistics = statistics;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
    }

    /** Counts attempts that did not succeed, even if another instance then served the request. */
    @Override
    public void attemptEnded(Attempt attempt) {
        if (attempt.outcome() instanceof Outcome.Failed failed) {
            String kind = failed.reason().name().toLowerCase(Locale.ROOT);
            String instance = attempt.instance().name();
            statistics.failedAttempt(instance, kind);
            metrics.failedAttempt(instance, attempt.request().model(), kind);
        }
    }

    @Override
    public void completed(Call call) {
        if (call.request().operation() == null && call.result().status() < 400) {
            return;
        }
        UsageRecord record = record(call);
        statistics.record(record);
        metrics.record(record);
        events.used(record);
    }

    /** The reported usage; without one, the tokens counted for a limit. */
    private static Usage usage(Call call) {
        if (call.result().usage() != null) {
            return call.result().usage();
        }
        return call.result().completionCounter() == null || !call.result().isServed() ? NONE : call.result().completionCounter().counted();
    }

    private UsageRecord record(Call call) {
        Usage usage = usage(call);
        String model = call.received().requestedModel();
        String served = call.result().model();
        return new UsageRecord(clock.instant(), call.requestId(), call.clientName(), call.operationPath(),
                model, served == null || served.equals(model) ? null : served, call.result().instance(),
                call.result().attempts().size(), call.result().status(), call.result().errorCode(), call.request().stream(),
                usage.promptTokens(), usage.completionTokens(),
                Duration.ofNanos(System.nanoTime() - call.arrivedNanos()), call.result().timeToFirstToken(),
                new UsageRecord.Way(call.result().rule(), call.result().attempts(), call.result().relayedHeaders().requestId()));
    }
}
