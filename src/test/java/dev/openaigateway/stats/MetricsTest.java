package dev.openaigateway.stats;

import dev.openaigateway.openai.Usage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics =
            new Metrics(registry, new CountedModels("gpt-4o"::equals), instance -> "azure.ai.openai");

    @Test
    void shouldUseTheNamesAndTagsOfTheConventions() {
        metrics.record(UsageSamples.at(TIME).streamed(Duration.ofMillis(80)).record());

        String call = "gateway_instance=\"east\",gen_ai_operation_name=\"chat\","
                + "gen_ai_provider_name=\"azure.ai.openai\",gen_ai_request_model=\"gpt-4o\"";
        assertThat(registry.scrape().lines()).contains(
                "gen_ai_server_request_duration_seconds_count{error_type=\"none\"," + call + "} 1",
                "gen_ai_server_request_duration_seconds_sum{error_type=\"none\"," + call + "} 0.5",
                "gen_ai_server_request_duration_seconds_bucket{error_type=\"none\"," + call + ",le=\"0.32\"} 0",
                "gen_ai_server_request_duration_seconds_bucket{error_type=\"none\"," + call + ",le=\"0.64\"} 1",
                "gen_ai_server_time_to_first_token_seconds_bucket{" + call + ",le=\"0.06\"} 0",
                "gen_ai_server_time_to_first_token_seconds_bucket{" + call + ",le=\"0.08\"} 1",
                "gen_ai_client_token_usage_sum{" + call + ",gen_ai_token_type=\"input\"} 100.0",
                "gen_ai_client_token_usage_bucket{" + call + ",gen_ai_token_type=\"output\",le=\"16.0\"} 0",
                "gen_ai_client_token_usage_bucket{" + call + ",gen_ai_token_type=\"output\",le=\"64.0\"} 1");
    }

    @Test
    void shouldCountRequestsErrorsRetriesAndTokens() {
        metrics.record(UsageSamples.at(TIME).attempts(3).record());
        metrics.record(UsageSamples.at(TIME).failed(429, "rate_limit_exceeded").record());
        metrics.record(UsageSamples.at(TIME).failed(429, "rate_limit_exceeded").record());
        metrics.failedAttempt("west", "gpt-4o", "timeout");
        metrics.failedAttempt("west", "forged", "timeout");

        assertThat(count("gateway.requests", "client", "alice", "status", "200")).isEqualTo(1);
        assertThat(count("gateway.requests", "client", "alice", "status", "429")).isEqualTo(2);
        assertThat(count("gateway.errors", "gateway.instance", "east", "error.type", "rate_limit_exceeded")).isEqualTo(2);
        assertThat(count("gateway.retries", "gateway.instance", "east")).isEqualTo(2);
        assertThat(count("gateway.attempts.failed", "gateway.instance", "west", "gen_ai.request.model", "gpt-4o")).isEqualTo(1);
        assertThat(count("gateway.attempts.failed", "gateway.instance", "west", "gen_ai.request.model", "unknown")).isEqualTo(1);
        assertThat(count("gateway.client.tokens", "client", "alice", "gen_ai.token.type", "output")).isEqualTo(20);
        assertThat(registry.get("gen_ai.server.request.duration").tag("error.type", "rate_limit_exceeded").timer().count())
                .isEqualTo(2);
    }

    @Test
    void shouldLeaveRefusedRequestsOutOfTheGenAiMeters() {
        metrics.record(UsageSamples.at(TIME).client(null).instance(null).failed(401, "invalid_api_key").record());

        assertThat(count("gateway.requests", "client", "none", "gateway.instance", "none")).isEqualTo(1);
        assertThat(registry.find("gen_ai.server.request.duration").meters()).isEmpty();
    }

    @Test
    void shouldStayBounded() {
        for (int i = 0; i < 10_000; i++) {
            metrics.record(UsageSamples.at(TIME).client("client-" + i).model("forged-" + i).instance(null)
                    .failed(404, "model_not_found").record());
        }

        assertThat(registry.find("gateway.requests").meters()).hasSize(4_001);
        assertThat(count("gateway.requests", "client", "other")).isEqualTo(6_000);
        assertThat(registry.find("gateway.errors").meters()).hasSize(1);
    }

    @Test
    void shouldKeepTheTagsOfAlertsAndPanelsBeyondTheBound() {
        for (int i = 0; i < 7_000; i++) {
            metrics.record(UsageSamples.at(TIME).client("client-" + i).instance("gone-" + i).attempts(2).record());
            metrics.failedAttempt("gone-" + i, "gpt-4o", "timeout");
        }
        metrics.record(UsageSamples.at(TIME).client("late").failed(429, "rate_limit_exceeded").record());
        metrics.record(UsageSamples.at(TIME).client("late").failed(503, "no_capacity").record());

        assertThat(count("gateway.requests", "status", "429")).isEqualTo(1);
        assertThat(count("gateway.requests", "status", "503")).isEqualTo(1);
        assertThat(registry.find("gateway.requests").meters()).hasSizeLessThan(6_010);
        assertThat(registry.find("gateway.retries").meters()).hasSizeLessThan(4_010);
        assertThat(registry.find("gen_ai.server.request.duration").meters()).hasSizeLessThan(4_010);
    }

    @Test
    void shouldGiveUpTheModelFirst() {
        CountedModels all = new CountedModels(name -> true);
        Metrics many = new Metrics(registry, all, instance -> "azure.ai.openai");
        for (int i = 0; i < 2_000; i++) {
            many.record(UsageSamples.at(TIME).model("model-" + i).attempts(2).failed(500, "server_error").usage(new Usage(1, 1)).record());
            many.failedAttempt("east", "model-" + i, "timeout");
        }

        many.record(UsageSamples.at(TIME).client("bob").instance("west").model("late").attempts(2).streamed(Duration.ofMillis(80)).record());
        many.failedAttempt("west", "late", "bad_key");

        String late = "gen_ai.request.model";
        assertThat(count("gateway.requests", late, "other", "client", "bob", "gateway.instance", "west", "status", "200")).isEqualTo(1);
        assertThat(count("gateway.attempts.failed", late, "other", "gateway.instance", "west", "error.type", "bad_key")).isEqualTo(1);
        assertThat(count("gateway.retries", late, "other", "gateway.instance", "west")).isEqualTo(1);
        assertThat(count("gateway.client.tokens", late, "other", "client", "bob", "gen_ai.token.type", "input")).isEqualTo(100);
        assertThat(registry.get("gen_ai.server.time_to_first_token").tags(late, "other", "gateway.instance", "west").timer().count()).isEqualTo(1);
    }

    @Test
    void shouldNameOperationsAsTheConventionsDo() {
        assertThat(List.of("chat/completions", "completions", "embeddings", "responses", "audio/speech"))
                .extracting(GenAiOperation::nameOf)
                .containsExactly("chat", "text_completion", "embeddings", "chat", "audio/speech");
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
