package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;

import static org.assertj.core.api.Assertions.assertThat;

class ModelHealthTest extends OperatedGateway {

    @Override
    String settings() {
        return super.settings().replace("name: east,", "name: east, health_timeout: 3, key_header: x-east-key,");
    }

    @Test
    void shouldCallTheInstancesThatServeTheModel() {
        assertThat(document("/health/gpt-4o")).isEqualTo(json("""
                {"status": "ok", "model": "gpt-4o", "instances": [
                  {"instance": "east", "status": "ok", "detail": ""}, {"instance": "west", "status": "ok", "detail": ""}]}"""));
        assertThat(east.requests().get(0).target()).isEqualTo("/v1/models");
        assertThat(east.requests().get(0).header("x-east-key")).as("the same header as in requests").isEqualTo("key-of-east");

        document("/health/gpt-4o-mini");
        assertThat(east.requests()).hasSize(1);
    }

    @Test
    void shouldCacheResultsForAShortTime() {
        document("/health/gpt-4o");
        east.respond(Reply.error(500, "down", "down"));
        assertThat(document("/health/gpt-4o").at("/instances/0/status").asText()).isEqualTo("ok");

        clock.advance(Duration.ofSeconds(10));

        assertThat(document("/health/gpt-4o").at("/instances/0/detail").asText()).isEqualTo("responded with 500");
        assertThat(east.requests()).hasSize(2);
    }

    @Test
    void shouldReturn503WhenNoInstanceResponds() {
        east.respond(Reply.stall());
        west.respond(Reply.error(401, "bad_key", "no"));

        JsonNode health = json(gateway.get("/health/gpt-4o"), 503);

        assertThat(health.at("/status").asText()).isEqualTo("error");
        assertThat(health.at("/instances/0/detail").asText()).isEqualTo("cannot be reached");
        assertThat(health.at("/instances/1/detail").asText()).isEqualTo("responded with 401");
    }

    @Test
    void shouldReturn404ForAnUnservedModel() {
        assertThat(json(gateway.get("/health/gpt-9"), 404).at("/error/code").asText()).isEqualTo("model_not_found");
    }

    @Test
    void shouldDecodeTheModelsName() {
        assertThat(json(gateway.get("/health/gpt%2D4o"), 200).at("/model").asText()).isEqualTo("gpt-4o");
    }

    @Test
    void shouldNotWaitForASlowBody() {
        // given
        east.respond(Reply.stream(Collections.nCopies(1000, "data: x\n\n")).every(Duration.ofMillis(200)));
        // when
        long begun = System.nanoTime();
        JsonNode health = document("/health/gpt-4o");
        // then
        assertThat(health.at("/instances/0/status").asText()).isEqualTo("ok");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void shouldTimeOutOnASlowResponseHead() {
        // given
        east.respond(Reply.chat("Hello").slowHead(Duration.ofMillis(500)));
        // when
        long begun = System.nanoTime();
        JsonNode health = document("/health/gpt-4o");
        // then
        assertThat(health.at("/instances/0/detail").asText()).isEqualTo("cannot be reached");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shouldUseAzuresNewerFormIfTheVersionIsNotADate() throws IOException {
        // given
        Files.writeString(gateway.settingsFile(), """
                instances: [{ name: az, api_key: k, api_base: "%s", api_version: preview, supported_models: [m] }]
                """.formatted(east.uri()));
        gateway.post("/config/reload", "");
        // when
        document("/health/m");
        // then
        assertThat(east.requests().get(0).target()).isEqualTo("/openai/v1/models?api-version=preview");
    }
}
