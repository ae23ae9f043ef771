package dev.openaigateway.stats;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The meters of one kind of call to one instance. Names and buckets follow OpenTelemetry's conventions for generative AI. Further
 * buckets of time go beyond the default timeouts, because a quantile never exceeds the largest bucket.
 * The instance's tag is not {@code instance}, since Prometheus uses that for the scraped process.
 */
final class CallMeters {

    private static final double[] TOKENS = DoubleStream.iterate(1, size -> size <= 67_108_864, size -> size * 4).toArray();
    private static final Duration[] SECONDS =
            millis(10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 20_480, 40_960, 81_920,
                    163_840, 327_680, 655_360, 1_310_720);
    private static final Duration[] FIRST_TOKEN =
            millis(1, 5, 10, 20, 40, 60, 80, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
                    20_000, 40_000, 80_000, 160_000, 320_000, 640_000);

    /** @param error the failure's kind; {@code none} for a success */
    record Key(String operation, String provider, String model, String instance, String error) {
    }

    private final Timer duration;
    private final Timer firstToken;
    private final DistributionSummary input;
    private final DistributionSummary output;

    CallMeters(MeterRegistry registry, Key key) {
        Tags tags = Tags.of(
                "gen_ai.operation.name", key.operation,
                "gen_ai.provider.name", key.provider,
                "gen_ai.request.model", key.model,
                "gateway.instance", key.instance);
        duration = Timer.builder("gen_ai.server.request.duration")
                .description("Time from a request's arrival to the last byte of its response")
                .tags(tags.and("error.type", key.error))
                .serviceLevelObjectives(SECONDS)
                .register(registry);
        firstToken = Timer.builder("gen_ai.server.time_to_first_token")
                .description("Time from a request's arrival to the first content of its stream")
                .tags(tags)
                .serviceLevelObjectives(FIRST_TOKEN)
                .register(registry);
        input = tokens(registry, tags, "input");
        output = tokens(registry, tags, "output");
    }

    void record(UsageRecord usage) {
        duration.record(usage.latency());
        if (usage.timesFirstToken() && !usage.failed()) {
            firstToken.record(usage.timeToFirstToken());
        }
        if (usage.usage().promptTokens() > 0) {
            input.record(usage.usage().promptTokens());
        }
        if (usage.usage().completionTokens() > 0) {
            output.record(usage.usage().completionTokens());
        }
    }

    /** Has no base unit, since Prometheus would append it to the meter's name. */
    private static DistributionSummary tokens(MeterRegistry registry, Tags tags, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens per request")
                .tags(tags.and("gen_ai.token.type", type))
                .serviceLevelObjectives(TOKENS)
                .register(registry);
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
