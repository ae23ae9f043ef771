package dev.openaigateway.stats;

import dev.openaigateway.call.CallLabels;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.stats.UsageRecord.Routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Usage records for tests: a plain success, with methods that change single fields. */
public record UsageSamples(UsageRecord record) {

    private static final CallLabels CHAT = new CallLabels("chat/completions", null, null, null);

    public static UsageSamples at(Instant time) {
        return new UsageSamples(new UsageRecord(time, "req-1", "alice", "gpt-4o", 200, null, false,
                new Usage(100, 20), Duration.ofMillis(500), Duration.ofMillis(500), served("east", 1), CHAT));
    }

    public UsageSamples client(String client) {
        return with(client, record.model(), record.latency(), record.routing());
    }

    public UsageSamples model(String model) {
        return with(record.client(), model, record.latency(), record.routing());
    }

    public UsageSamples instance(String instance) {
        return with(record.client(), record.model(), record.latency(), served(instance, record.routing().attempts()));
    }

    UsageSamples attempts(int attempts) {
        return with(record.client(), record.model(), record.latency(), served(record.instance(), attempts));
    }

    UsageSamples latency(Duration latency) {
        return with(record.client(), record.model(), latency, record.routing());
    }

    private UsageSamples with(String client, String model, Duration latency, Routing routing) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), client, model, r.status(), r.error(), r.stream(), r.usage(), latency,
                r.timeToFirstToken(), routing, r.labels()));
    }

    public UsageSamples usage(Usage usage) {
        return with(record.status(), record.error(), record.stream(), usage, record.timeToFirstToken());
    }

    public UsageSamples failed(int status, String error) {
        return with(status, error, record.stream(), new Usage(0, 0), null);
    }

    public UsageSamples streamed(Duration timeToFirstToken) {
        return with(record.status(), record.error(), true, record.usage(), timeToFirstToken);
    }

    private UsageSamples with(int status, String error, boolean stream, Usage usage, Duration timeToFirstToken) {
        UsageRecord r = record;
        return new UsageSamples(new UsageRecord(r.time(), r.requestId(), r.client(), r.model(), status, error, stream, usage, r.latency(),
                timeToFirstToken, r.routing(), r.labels()));
    }

    private static Routing served(String instance, int attempts) {
        return new Routing(null, instance, null, attempts, List.of(), null);
    }
}
