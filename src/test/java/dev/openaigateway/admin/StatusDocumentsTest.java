package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StatusDocumentsTest extends OperatedGateway {

    @Test
    void shouldShowEachInstanceInTheFormatOfDashboards() {
        gateway.chat("gpt-4o");
        long now = clock.instant().getEpochSecond();

        assertThat(document("/v1/instances/status")).isEqualTo(json("""
                {"status": "success", "timestamp": %d, "instances": [
                  {"name": "east", "provider_type": "generic", "status": "healthy", "current_tpm": 21, "max_tpm": 240000,
                   "tpm_usage_percent": 0.01, "error_count": 0, "last_error": null, "rate_limited_until": null,
                   "priority": 1, "weight": 100, "last_used": %d.0, "supported_models": ["gpt-4o"]},
                  {"name": "west", "provider_type": "generic", "status": "healthy", "current_tpm": 0, "max_tpm": 0,
                   "tpm_usage_percent": 0.0, "error_count": 0, "last_error": null, "rate_limited_until": null,
                   "priority": 2, "weight": 50, "last_used": null, "supported_models": ["gpt-4o", "gpt-4o-mini"]}],
                 "total_instances": 2, "healthy_instances": 2, "routing_strategy": "failover"}""".formatted(now, now)));
        assertThat(document("/stats/status")).isEqualTo(document("/v1/instances/status"));
    }

    @Test
    void shouldShowABenchedInstanceAsRateLimited() {
        bench(Duration.ofMillis(7500));

        JsonNode status = document("/v1/instances/status");

        assertThat(status.at("/instances/0/status").asText()).isEqualTo("rate_limited");
        assertThat(status.at("/instances/0/rate_limited_until").asDouble()).isEqualTo(clock.instant().getEpochSecond() + 7.5);
        assertThat(status.at("/instances/0/error_count").asInt()).isEqualTo(1);
        assertThat(status.at("/instances/0/last_error").asText()).startsWith("is at its limit");
        assertThat(status.at("/healthy_instances").asInt()).isEqualTo(1);
    }

    @Test
    void shouldSummarizeHealth() {
        assertThat(document("/stats/health").at("/status").asText()).isEqualTo("healthy");

        bench(Duration.ofSeconds(5));
        JsonNode health = document("/stats/health");

        assertThat(health.at("/status").asText()).isEqualTo("degraded");
        assertThat(health.at("/healthy_instances").asInt()).isEqualTo(1);
        assertThat(health.at("/redis").isNull()).as("Redis is not used").isTrue();
        assertThat(health.at("/instances")).isEqualTo(json("{\"east\": \"rate_limited\", \"west\": \"healthy\"}"));
    }

    @Test
    void shouldListInstancesInDetail() {
        gateway.chat("gpt-4o");

        JsonNode east = document("/admin/instances").at("/instances/0");

        assertThat(east.at("/name").asText()).isEqualTo("east");
        assertThat(east.at("/enabled").asBoolean()).isTrue();
        assertThat(east.at("/breaker").asText()).isEqualTo("closed");
        assertThat(east.at("/in_flight").asInt()).isZero();
        assertThat(east.at("/current_tpm").asInt()).isEqualTo(21);
    }

    @Test
    void shouldShowAnOpenBreakerAsError() {
        east.respond(Reply.error(500, "boom", "out of order"));
        for (int i = 0; i < 5; i++) {
            gateway.chat("gpt-4o");
        }

        assertThat(document("/v1/instances/status").at("/instances/0/status").asText()).isEqualTo("error");
        assertThat(document("/admin/instances").at("/instances/0/breaker").asText()).isEqualTo("open");
        assertThat(document("/admin/instances").at("/instances/0/failure_percent").asDouble()).isEqualTo(100);
    }

    @Test
    void shouldServeHealthToEveryone() {
        assertThat(gateway.get("/health", "X-Forwarded-For", "203.0.113.9").body()).isEqualTo("{\"status\": \"ok\"}");
    }
}
