package dev.openaigateway.stats;

import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens of one client for one model in one service tier. Its meters are created with their first count. Thread-safe. */
final class TokenMeters {

    private static final Set<String> TIERS = Set.of("auto", "default", "flex", "priority", "scale", "standard", "batch");

    /** @param tier a service tier; {@code none} if the upstream named none */
    record Key(String client, String model, String tier) {

        static Key of(String client, String model, String tier) {
            return new Key(client, model, tier == null ? Metrics.NONE : TIERS.contains(tier) ? tier : CountByKind.OTHER);
        }
    }

    private final MeterRegistry registry;
    private final Tags tags;
    private volatile Counter input;
    private volatile Counter output;
    private final Map<String, Counter> parts = new ConcurrentHashMap<>(4);

    TokenMeters(MeterRegistry registry, Key key) {
        this.registry = registry;
        this.tags = Tags.of("client", key.client, "gen_ai.request.model", key.model, "service_tier", key.tier);
    }

    void count(Usage usage) {
        if (usage.promptTokens() > 0) {
            input = input == null ? tokens("input") : input;
            input.increment(usage.promptTokens());
        }
        if (usage.completionTokens() > 0) {
            output = output == null ? tokens("output") : output;
            output.increment(usage.completionTokens());
        }
        if (!usage.details().equals(UsageDetails.NONE)) {
            usage.details().forEach(this::countPart);
        }
    }

    private void countPart(String name, Number count) {
        if (count.doubleValue() > 0) {
            parts.computeIfAbsent(name, this::part).increment(count.doubleValue());
        }
    }

    private Counter part(String name) {
        if (name.equals("seconds")) {
            return Counter.builder("gateway.client.audio").baseUnit("seconds").tags(tags)
                    .description("Seconds of audio, of upstreams that report usage in seconds").register(registry);
        }
        return Counter.builder("gateway.client.token.parts").tags(tags.and("part", name.replace("_tokens", "")))
                .description("Parts of the tokens that a client used, which are in gateway.client.tokens too").register(registry);
    }

    private Counter tokens(String type) {
        return Counter.builder("gateway.client.tokens").tags(tags.and("gen_ai.token.type", type))
                .description("Tokens that a client used").register(registry);
    }
}
