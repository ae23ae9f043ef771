package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class HealthChecksTest extends OperatedGateway {

    @Override
    String settings() {
        return super.settings().replace("name: east,",
                "name: east, health_interval: 30, health_path: /up, health_timeout: 3,");
    }

    @Test
    void shouldExcludeAnInstanceUntilACheckSucceeds() {
        east.awaitRequests(1);
        east.respond(this::failing);
        clock.advance(Duration.ofSeconds(31));
        Eventually.holds("east is error", () -> statusOfEast().equals("error"));

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        assertThat(document("/admin/route?model=gpt-4o").toString()).contains("fails its health checks");

        east.respond(Reply.chat("Hello"));
        clock.advance(Duration.ofSeconds(31));
        Eventually.holds("east is healthy", () -> statusOfEast().equals("healthy"));
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
    }

    @Test
    void shouldCheckNoMoreOftenThanTheInterval() {
        RecordedRequest check = east.awaitRequests(1).get(0);
        clock.advance(Duration.ofSeconds(31));
        east.awaitRequests(2);
        gateway.chat("gpt-4o");

        assertThat(check.target()).isEqualTo("/up");
        assertThat(check.header("authorization")).isEqualTo("Bearer key-of-east");
        assertThat(east.requests()).hasSize(3);
        assertThat(west.requests()).isEmpty();
    }

    @Test
    void shouldFailACheckWithoutAResponse() {
        east.awaitRequests(1);
        east.respond(Reply.stall());

        clock.advance(Duration.ofSeconds(31));

        Eventually.holds("east is error", () -> statusOfEast().equals("error"));
    }

    @Test
    void shouldReadmitAnInstanceWhenItsChecksAreDisabled() {
        east.awaitRequests(1);
        east.respond(this::failing);
        clock.advance(Duration.ofSeconds(31));
        Eventually.holds("east is error", () -> statusOfEast().equals("error"));

        gateway.put("/admin/instances/east/config", "{\"health_interval\": 0}");

        Eventually.holds("east is healthy", () -> statusOfEast().equals("healthy"));
    }

    @Test
    void shouldCheckAgainWhatWasChangedDuringACheck() {
        east.awaitRequests(1);
        Gate gate = new Gate();
        Reply down = Reply.error(500, "down", "down");
        east.respond(request -> request.target().equals("/up") ? gate.holding(down) : Reply.chat("Hello"));
        clock.advance(Duration.ofSeconds(31));
        east.awaitRequests(2);

        assertThat(gateway.put("/admin/instances/east/config", "{\"breaker\": {\"window\": 7}}").statusCode()).isEqualTo(200);
        gate.open();

        Eventually.holds("east is error", () -> statusOfEast().equals("error"));
    }

    private Reply failing(RecordedRequest request) {
        return request.target().equals("/up") ? Reply.error(500, "down", "down") : Reply.chat("Hello");
    }

    private String statusOfEast() {
        JsonNode status = document("/v1/instances/status");
        return status.at("/instances/0/status").asText();
    }
}
