package dev.openaigateway.stats;

import java.time.Duration;
import java.time.Instant;

/** Usage records for tests: a plain success, and what differs from it. */
record Usage(UsageRecord record) {

    static Usage at(Instant time) {
        return new Usage(new UsageRecord(time, "req-1", "alice", "chat/completions", "gpt-4o", "east", 1, 200, null, false,
                100, 20, Duration.ofMillis(500), Duration.ofMillis(500)));
    }

    Usage client(String client) {
        return with(client, record.model(), record.instance(), record.latency());
    }

    Usage model(String model) {
        return with(record.client(), model, record.instance(), record.latency());
    }

    Usage instance(String instance) {
        return with(record.client(), record.model(), instance, record.latency());
    }

    Usage latency(Duration latency) {
        return with(record.client(), record.model(), record.instance(), latency);
    }

    Usage failed(int status, String error) {
        UsageRecord r = record;
        return new Usage(new UsageRecord(r.time(), r.requestId(), r.client(), r.operation(), r.model(), r.instance(),
                r.attempts(), status, error, r.stream(), 0, 0, r.latency(), null));
    }

    Usage attempts(int attempts) {
        UsageRecord r = record;
        return new Usage(new UsageRecord(r.time(), r.requestId(), r.client(), r.operation(), r.model(), r.instance(),
                attempts, r.status(), r.error(), r.stream(), r.promptTokens(), r.completionTokens(), r.latency(),
                r.timeToFirstToken()));
    }

    Usage streamed(Duration timeToFirstToken) {
        UsageRecord r = record;
        return new Usage(new UsageRecord(r.time(), r.requestId(), r.client(), r.operation(), r.model(), r.instance(),
                r.attempts(), r.status(), r.error(), true, r.promptTokens(), r.completionTokens(), r.latency(),
                timeToFirstToken));
    }

    private Usage with(String client, String model, String instance, Duration latency) {
        UsageRecord r = record;
        return new Usage(new UsageRecord(r.time(), r.requestId(), client, r.operation(), model, instance, r.attempts(),
                r.status(), r.error(), r.stream(), r.promptTokens(), r.completionTokens(), latency, r.timeToFirstToken()));
    }
}
