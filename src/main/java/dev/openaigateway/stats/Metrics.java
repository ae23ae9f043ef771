package dev.openaigateway.stats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Turns usage records into Micrometer meters: those of OpenTelemetry's conventions for generative AI, and the gateway's
 * own. The number of meters is bounded. Thread-safe.
 */
public final class Metrics {

    static final String NONE = "none";
    private static final String OTHER = CountByKind.OTHER;

    private final CountedModels models;
    private final UnaryOperator<String> providers;
    private final MeterCache<CallMeters.Key, CallMeters> calls;
    private final MeterCache<RequestKey, Counter> requests;
    private final MeterCache<ErrorKey, Counter> errors;
    private final MeterCache<ErrorKey, Counter> failedAttempts;
    private final MeterCache<RetryKey, Counter> retries;
    private final MeterCache<TokenMeters.Key, TokenMeters> tokens;

    private record RequestKey(String client, String model, String instance, int status) {
    }

    private record ErrorKey(String model, String instance, String kind) {
    }

    private record RetryKey(String model, String instance) {
    }

    /** @param providers maps an instance's name to its provider's name in the conventions, such as {@code azure.ai.openai} */
    public Metrics(MeterRegistry registry, CountedModels models, UnaryOperator<String> providers) {
        this.models = models;
        this.providers = providers;
        calls = new MeterCache<>(key -> new CallMeters(registry, key), List.of(
                key -> new CallMeters.Key(OTHER, key.provider(), OTHER, key.instance(), OTHER),
                key -> new CallMeters.Key(OTHER, OTHER, OTHER, OTHER, OTHER)));
        requests = new MeterCache<>(key -> Counter.builder("gateway.requests")
                .description("Finished requests")
                .tags("client", key.client, "gen_ai.request.model", key.model,
                        "gateway.instance", key.instance, "status", Integer.toString(key.status))
                .register(registry), List.of(
                key -> new RequestKey(key.client, OTHER, key.instance, key.status),
                key -> new RequestKey(OTHER, OTHER, key.instance, key.status),
                key -> new RequestKey(OTHER, OTHER, OTHER, key.status)));
        errors = errorCounters(registry, "gateway.errors", "Requests that ended with an error");
        failedAttempts = errorCounters(registry, "gateway.attempts.failed", "Calls to instances that failed");
        retries = new MeterCache<>(key -> Counter.builder("gateway.retries")
                .description("Attempts after a request's first, by the instance that served the request in the end")
                .tags("gen_ai.request.model", key.model, "gateway.instance", key.instance)
                .register(registry), List.of(
                key -> new RetryKey(OTHER, key.instance),
                key -> new RetryKey(OTHER, OTHER)));
        tokens = new MeterCache<>(key -> new TokenMeters(registry, key), List.of(
                key -> new TokenMeters.Key(key.client(), OTHER, OTHER),
                key -> new TokenMeters.Key(OTHER, OTHER, OTHER)));
    }

    /** Counts a completed request. One that no instance served is not counted in the {@code gen_ai} meters. */
    public void record(UsageRecord usage) {
        models.learn(usage);
        String model = models.nameFor(usage.model());
        String client = usage.client() == null ? NONE : usage.client();
        String instance = usage.instance() == null ? NONE : usage.instance();
        requests.of(new RequestKey(client, model, instance, usage.status())).increment();
        if (usage.failed()) {
            errors.of(new ErrorKey(model, instance, usage.errorKind())).increment();
        }
        if (usage.retries() > 0) {
            retries.of(new RetryKey(model, instance)).increment(usage.retries());
        }
        tokens.of(TokenMeters.Key.of(client, model, usage.usage().serviceTier())).count(usage.usage());
        if (usage.instance() != null) {
            calls.of(new CallMeters.Key(
                    GenAiOperation.nameOf(usage.operation()),
                    providers.apply(instance),
                    model,
                    instance,
                    usage.failed() ? usage.errorKind() : NONE)).record(usage);
        }
    }

    /**
     * Counts a failed call to an instance, even if another instance then served the request.
     *
     * @param kind one word, such as {@code timeout}
     */
    public void failedAttempt(String instance, String model, String kind) {
        failedAttempts.of(new ErrorKey(models.nameFor(model), instance, kind)).increment();
    }

    private static MeterCache<ErrorKey, Counter> errorCounters(MeterRegistry registry, String name, String description) {
        return new MeterCache<>(key -> Counter.builder(name)
                .description(description)
                .tags(Tags.of("gen_ai.request.model", key.model, "gateway.instance", key.instance, "error.type", key.kind))
                .register(registry), List.of(
                key -> new ErrorKey(OTHER, key.instance, key.kind),
                key -> new ErrorKey(OTHER, OTHER, OTHER)));
    }
}
