package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ModelHealthTest extends OperatedGateway {

    @Override
    String settings() {
        return super.settings().replace("name: east,", "name: east, health_timeout: 3, key_header: x-east-key,");
    }

    @Test
    void shouldAskTheInstancesThatServeTheModel() {
        assertThat(document("/health/gpt-4o")).isEqualTo(json("""
                {"status": "ok", "model": "gpt-4o", "instances": [
                  {"instance": "east", "status": "ok", "detail": ""}, {"instance": "west", "status": "ok", "detail": ""}]}"""));
        assertThat(east.requests().get(0).target()).isEqualTo("/v1/models");
        assertThat(east.requests().get(0).header("x-east-key")).as("as requests carry it").isEqualTo("key-of-east");

        document("/health/gpt-4o-mini");
        assertThat(east.requests()).hasSize(1);
    }

    @Test
    void shouldKeepWhatWasFoundForAShortWhile() {
        document("/health/gpt-4o");
        east.answer(Reply.error(500, "down", "down"));
        assertThat(document("/health/gpt-4o").at("/instances/0/status").asText()).isEqualTo("ok");

        clock.advance(Duration.ofSeconds(10));

        assertThat(document("/health/gpt-4o").at("/instances/0/detail").asText()).isEqualTo("answered 500");
        assertThat(east.requests()).hasSize(2);
    }

    @Test
    void shouldBeUnavailableWhenNoneAnswers() {
        east.answer(Reply.stall());
        west.answer(Reply.error(401, "bad_key", "no"));

        JsonNode health = json(gateway.get("/health/gpt-4o"), 503);

        assertThat(health.at("/status").asText()).isEqualTo("error");
        assertThat(health.at("/instances/0/detail").asText()).isEqualTo("cannot be reached");
        assertThat(health.at("/instances/1/detail").asText()).isEqualTo("answered 401");
    }

    @Test
    void shouldNotKnowAnUnservedModel() {
        assertThat(json(gateway.get("/health/gpt-9"), 404).at("/error/code").asText()).isEqualTo("model_not_found");
    }

    @Test
    void shouldDecodeTheModelsName() {
        assertThat(json(gateway.get("/health/gpt%2D4o"), 200).at("/model").asText()).isEqualTo("gpt-4o");
    }
}
