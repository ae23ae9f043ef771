package dev.openaigateway.stats;

import dev.openaigateway.call.CallLabels;
import dev.openaigateway.openai.Usage;

import java.time.Duration;
import java.time.Instant;

/** Usage records for tests: a plain success, with methods that change single fields. */
public record UsageSamples(UsageRecord record) {

    private static final CallLabels CHAT = new CallLabels("chat/completions", null, null, null);

    public static UsageSamples at(Instant time) {
        return new UsageSamples(new UsageRecord(time, "req-1", "alice", "gpt-4o", null, "east", 1, 200, null, false,
                new Usage(100, 20), Duration.ofMillis(500), Duration.ofMillis(500), UsageRecord.Routing.NONE, CHAT));
    }

    public UsageSamples client(String client) {
        return with(client, record.model(), record.instance(), record.latency());
    }

    public UsageSamples model(String model) {
        return with(record.client(), model, record.instance(), record.latency());
    }

    public UsageSamples instance(String instance) {
        return with(record.client(), record.model(), instance, record.latency());
    }

    UsageSamples latency(Duration latency) {
        return with(record.client(), record.model(), record.instance(), latency);
    }

    public UsageSamples usage(Usage usage) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), r.client(), r.model(), r.servedModel(), r.instance(),
                r.attempts(), r.status(), r.error(), r.stream(), usage, r.latency(), r.timeToFirstToken(), r.routing(), r.labels()));
    }

    public UsageSamples failed(int status, String error) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), r.client(), r.model(), r.servedModel(), r.instance(),
                r.attempts(), status, error, r.stream(), new Usage(0, 0), r.latency(), null, r.routing(), r.labels()));
    }

    UsageSamples attempts(int attempts) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), r.client(), r.model(), r.servedModel(), r.instance(),
                attempts, r.status(), r.error(), r.stream(), r.usage(), r.latency(), r.timeToFirstToken(), r.routing(), r.labels()));
    }

    public UsageSamples streamed(Duration timeToFirstToken) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), r.client(), r.model(), r.servedModel(), r.instance(),
                r.attempts(), r.status(), r.error(), true, r.usage(), r.latency(), timeToFirstToken, r.routing(), r.labels()));
    }

    private UsageSamples with(String client, String model, String instance, Duration latency) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), client, model, r.servedModel(), instance, r.attempts(),
                r.status(), r.error(), r.stream(), r.usage(), latency, r.timeToFirstToken(), r.routing(), r.labels()));
    }
}
