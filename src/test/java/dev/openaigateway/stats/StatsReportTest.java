package dev.openaigateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StatsReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestClock clock = new TestClock();
    private final Statistics statistics =
            new Statistics(Duration.ofMinutes(60), new CountedModels("gpt-4o"::equals), clock);
    private final StatsReport report = new StatsReport(statistics, TestSettings.live("monitoring: { stats_window_minutes: 5, additional_windows: [15, 30, 60] }"), clock);

    @Test
    void shouldSumUpRequestsErrorsTokensAndTimes() {
        record(usage());
        record(usage().streamed(Duration.ofMillis(80)).attempts(3));
        record(usage().failed(429, "rate_limit_exceeded"));
        record(usage().failed(503, null));
        clock.advance(Duration.ofMinutes(2));

        Summary total = report.overview().total();

        assertThat(total.requests()).isEqualTo(4);
        assertThat(total.successes()).isEqualTo(2);
        assertThat(total.errors()).isEqualTo(2);
        assertThat(total.errorRate()).isEqualTo(0.5);
        assertThat(total.errorsByKind()).containsEntry("rate_limit_exceeded", 1L).containsEntry("status_503", 1L).hasSize(2);
        assertThat(total.requestsPerMinute()).isEqualTo(2.0);
        assertThat(total.streams()).isEqualTo(1);
        assertThat(total.retries()).isEqualTo(2);
        assertThat(List.of(total.tokens().prompt(), total.tokens().completion(), total.tokens().total())).containsExactly(200L, 40L, 240L);
        assertThat(total.tokensPerMinute()).isEqualTo(120.0);
        assertThat(total.latencyMs().count()).isEqualTo(2);
        assertThat(total.latencyMs().p50()).isCloseTo(500, within(5.0));
        assertThat(total.timeToFirstTokenMs().count()).isEqualTo(1);
        assertThat(total.timeToFirstTokenMs().max()).isCloseTo(80, within(0.8));
    }

    @Test
    void shouldReportPercentilesWithinOnePercent() {
        IntStream.rangeClosed(1, 1000).forEach(i -> record(usage().latency(Duration.ofMillis(10L * i))));

        Percentiles latency = report.overview().total().latencyMs();

        assertThat(latency.p50()).isCloseTo(5_000, within(50.0));
        assertThat(latency.p90()).isCloseTo(9_000, within(90.0));
        assertThat(latency.p95()).isCloseTo(9_500, within(95.0));
        assertThat(latency.p99()).isCloseTo(9_900, within(99.0));
        assertThat(latency.max()).isCloseTo(10_000, within(100.0));
        assertThat(latency.mean()).isCloseTo(5_005, within(50.0));
    }

    @Test
    void shouldAcceptTimesOfAnyLength() {
        record(usage().latency(Duration.ZERO));
        record(usage().latency(Duration.ofNanos(-5)));
        record(usage().latency(Duration.ofDays(3)));

        assertThat(report.overview().total().latencyMs().max()).isCloseTo(3_600_000, within(36_000.0));
    }

    @Test
    void shouldDistinguishInstancesModelsAndClients() {
        record(usage());
        record(usage().instance("west").client("bob"));
        record(usage().instance(null).failed(429, "rate_limit_exceeded"));
        record(usage().client(null).instance(null).model(null).failed(401, "invalid_api_key"));

        StatsReport.Overview overview = report.overview();

        assertThat(overview.total().requests()).isEqualTo(4);
        assertThat(overview.instances()).containsOnlyKeys("east", "west");
        assertThat(overview.models()).containsOnlyKeys("gpt-4o", "unknown");
        assertThat(overview.models().get("gpt-4o").requests()).isEqualTo(3);
        assertThat(overview.clients()).containsOnlyKeys("alice", "bob");
        assertThat(overview.clients().get("alice").errors()).isEqualTo(1);
    }

    @Test
    void shouldExpireRequestsFromEachWindow() {
        record(usage());

        assertThat(requestsByWindow()).containsExactly(1L, 1L, 1L, 1L);
        clock.advance(Duration.ofMinutes(4));
        assertThat(requestsByWindow()).containsExactly(1L, 1L, 1L, 1L);
        clock.advance(Duration.ofMinutes(1));
        assertThat(requestsByWindow()).containsExactly(0L, 1L, 1L, 1L);
        clock.advance(Duration.ofMinutes(10));
        assertThat(requestsByWindow()).containsExactly(0L, 0L, 1L, 1L);
        clock.advance(Duration.ofMinutes(15));
        assertThat(requestsByWindow()).containsExactly(0L, 0L, 0L, 1L);
        clock.advance(Duration.ofMinutes(30));
        assertThat(requestsByWindow()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void shouldShowRequestedInstancesWithAndWithoutTraffic() {
        record(usage());
        statistics.failedAttempt("east", "gpt-4o", "alice", "timeout");
        statistics.failedAttempt("east", "gpt-4o", "alice", "timeout");
        clock.advance(Duration.ofMinutes(10));

        StatsReport.Instances instances = report.instances(List.of("west", "east"));

        assertThat(instances.instances()).extracting(StatsReport.Instance::name).containsExactly("west", "east");
        assertThat(instances.instances().get(0).lastUsed()).isNull();
        assertThat(instances.instances().get(0).windows()).containsOnlyKeys(5, 15, 30, 60);
        assertThat(instances.instances().get(0).windows().get(60).requests()).isZero();
        StatsReport.Instance east = instances.instances().get(1);
        assertThat(east.lastUsed()).isEqualTo(clock.instant().getEpochSecond() - 600);
        assertThat(east.windows().get(5).requests()).isZero();
        assertThat(east.windows().get(15).requests()).isEqualTo(1);
        assertThat(east.windows().get(15).errors()).isZero();
        assertThat(east.windows().get(15).failedAttempts()).isEqualTo(2);
        assertThat(east.windows().get(15).failedAttemptsByKind()).containsEntry("timeout", 2L);
    }

    @Test
    void shouldReportOnePointPerMinute() {
        record(usage());
        clock.advance(Duration.ofMinutes(2));
        record(usage().instance("west"));
        record(usage().failed(503, "timeout"));

        StatsReport.Usage tokens = report.usage(UsageMetric.TOKENS, 3, Map.of());

        assertThat(tokens.intervalSeconds()).isEqualTo(60);
        assertThat(tokens.points()).extracting(point -> point.get("value")).containsExactly(120L, 0L, 120L);
        assertThat(tokens.points()).extracting(point -> point.get("prompt")).containsExactly(100L, 0L, 100L);
        assertThat(tokens.points()).extracting(point -> point.get("time")).containsExactly(
                clock.instant().getEpochSecond() - 120, clock.instant().getEpochSecond() - 60,
                clock.instant().getEpochSecond());
        assertThat(values(report.usage(UsageMetric.REQUESTS, 3, Map.of()))).containsExactly(1L, 0L, 2L);
        assertThat(values(report.usage(UsageMetric.ERRORS, 3, Map.of()))).containsExactly(0L, 0L, 1L);
        assertThat(values(report.usage(UsageMetric.LATENCY, 2, Map.of()))).satisfiesExactly(
                none -> assertThat(none).isEqualTo(0.0),
                mean -> assertThat((double) mean).isCloseTo(500, within(5.0)));
        assertThat(values(report.usage(UsageMetric.REQUESTS, 3, Map.of(Dimension.INSTANCE, "west")))).containsExactly(0L, 0L, 1L);
        assertThat(values(report.usage(UsageMetric.REQUESTS, 2, Map.of(Dimension.CLIENT, "absent")))).containsExactly(0L, 0L);
    }

    @Test
    void shouldShortenAWindowToTheMinutesKept() {
        assertThat(report.usage(UsageMetric.TOKENS, 60, Map.of()).points()).hasSize(60);
        assertThat(report.usage(UsageMetric.TOKENS, Integer.MAX_VALUE, Map.of()).points()).hasSize(60);
        assertThat(report.usage(UsageMetric.TOKENS, -1, Map.of()).points()).hasSize(1);
        assertThat(new Statistics(Duration.ofHours(3), new CountedModels(name -> true), clock).minutesKept()).isEqualTo(180);
    }

    @Test
    void shouldFindMetricsByName() {
        assertThat(UsageMetric.of("tokens")).contains(UsageMetric.TOKENS);
        assertThat(UsageMetric.of("LATENCY")).contains(UsageMetric.LATENCY);
        assertThat(UsageMetric.of("cost")).isEmpty();
    }

    @Test
    void shouldSerializeToJson() {
        record(usage().streamed(Duration.ofMillis(80)));
        clock.advance(Duration.ofSeconds(90));

        JsonNode overview = JSON.valueToTree(report.overview());
        assertThat(overview.at("/uptime_seconds").asInt()).isEqualTo(90);
        assertThat(overview.at("/window_minutes").asInt()).isEqualTo(5);
        assertThat(overview.at("/total/error_rate").isNumber()).isTrue();
        assertThat(overview.at("/total/errors_by_kind").isObject()).isTrue();
        assertThat(overview.at("/total/tokens/completion").asInt()).isEqualTo(20);
        assertThat(overview.at("/instances/east/time_to_first_token_ms/p99").asDouble()).isCloseTo(80, within(0.8));

        assertThat(JSON.<JsonNode>valueToTree(report.windows()).at("/windows/60/total/requests").asInt()).isEqualTo(1);
        assertThat(JSON.<JsonNode>valueToTree(report.instances(List.of("east"))).at("/instances/0/windows/5/requests").asInt())
                .isEqualTo(1);
        JsonNode usage = JSON.valueToTree(report.usage(UsageMetric.ERRORS, 60, Map.of()));
        assertThat(usage.at("/metric").asText()).isEqualTo("errors");
        assertThat(usage.at("/window_minutes").asInt()).isEqualTo(60);
        assertThat(usage.at("/points/59/by_kind").isObject()).isTrue();
    }

    private List<Object> values(StatsReport.Usage usage) {
        return usage.points().stream().map(point -> point.get("value")).toList();
    }

    private List<Long> requestsByWindow() {
        return report.windows().windows().values().stream().map(window -> window.total().requests()).toList();
    }

    private UsageSamples usage() {
        return UsageSamples.at(clock.instant());
    }

    private void record(UsageSamples usage) {
        statistics.record(usage.record());
    }
}
