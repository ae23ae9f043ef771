package dev.openaigateway.stats;

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
        for (int i = 0; i < 3_000; i++) {
            metrics.record(UsageSamples.at(TIME).client("client-" + i).model("forged-" + i).instance(null)
                    .failed(404, "model_not_found").record());
        }

        assertThat(registry.find("gateway.requests").meters()).hasSize(2_001);
        assertThat(count("gateway.requests", "client", "other")).isEqualTo(1_000);
        assertThat(registry.find("gateway.errors").meters()).hasSize(1);
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
