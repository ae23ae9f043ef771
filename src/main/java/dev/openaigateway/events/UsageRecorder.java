package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.stats.UsageRecord;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Records every completed call in the statistics, the meters and as a usage record. */
public final class UsageRecorder implements Consumer<Call> {

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

    @Override
    public void accept(Call call) {
        if (call.operation() == null && call.status() < 400) {
            return;
        }
        UsageRecord record = record(call);
        statistics.record(record);
        metrics.record(record);
        events.used(record);
    }

    /** What was counted for a limit stands in where the upstream does not say. */
    private static Usage usage(Call call) {
        if (call.usage() != null) {
            return call.usage();
        }
        return call.completionCounter() == null || !call.isServed() ? NONE : call.completionCounter().counted();
    }

    private UsageRecord record(Call call) {
        Usage usage = usage(call);
        return new UsageRecord(clock.instant(), call.requestId(), call.clientName(), call.operationPath(),
                call.model(), call.instance(), call.attempts().size(), call.status(), call.errorCode(), call.stream(),
                usage.promptTokens(), usage.completionTokens(),
                Duration.ofNanos(System.nanoTime() - call.arrivedNanos()), call.timeToFirstToken());
    }
}
