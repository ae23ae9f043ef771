package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceAdminTest extends OperatedGateway {

    private static final String EAST = "/admin/instances/east/config";

    @Test
    void shouldDisableAnInstanceAtOnce() {
        JsonNode done = json(gateway.put(EAST, "{\"enabled\": false}"), 200);

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        assertThat(done.at("/changes")).isEqualTo(json(
                "[{\"path\": \"instances[east].enabled\", \"before\": \"true\", \"after\": \"false\"}]"));
        assertThat(document("/v1/instances/status").at("/instances/0/status").asText()).isEqualTo("disabled");

        gateway.put(EAST, "{\"enabled\": true}");
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
    }

    @Test
    void shouldChangePriorityWeightLimitAndModels() {
        json(gateway.put(EAST, "{\"priority\": 9, \"weight\": 7, \"max_tpm\": 5000, \"supported_models\": [\"gpt-5\"]}"), 200);

        assertThat(instance(gateway.chat("gpt-5"))).isEqualTo("east");
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        JsonNode east = document("/v1/instances/status").at("/instances/0");
        assertThat(east.at("/priority").asInt()).isEqualTo(9);
        assertThat(east.at("/weight").asInt()).isEqualTo(7);
        assertThat(east.at("/max_tpm").asInt()).isEqualTo(5000);
    }

    @Test
    void shouldAcceptModelsAsAnAliasOfSupportedModels() {
        // when
        JsonNode done = json(gateway.put(EAST, "{\"models\": [\"gpt-5\"]}"), 200);
        JsonNode both = json(gateway.put(EAST, "{\"models\": [\"gpt-6\"], \"supported_models\": [\"gpt-7\"]}"), 400).at("/error/problems/0");
        // then
        assertThat(done.at("/changes/0/path").asText()).isEqualTo("instances[east].supported_models");
        assertThat(instance(gateway.chat("gpt-5"))).isEqualTo("east");
        assertThat(both.at("/path").asText()).isEqualTo("models");
    }

    @Test
    void shouldRefuseAnInvalidChangeLikeAnInvalidFile() {
        JsonNode error = json(gateway.put(EAST, "{\"priorty\": 1, \"weight\": -1}"), 400).at("/error");

        assertThat(error.at("/code").asText()).isEqualTo("invalid_settings");
        assertThat(error.at("/problems")).hasSize(2);
        assertThat(error.findValuesAsText("nearest")).contains("priority");
        assertThat(document("/v1/instances/status").at("/instances/0/weight").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9", "http://[::1]:9", "http://169.254.169.254/latest", "http://0.0.0.0", "file:///etc/passwd",
        "http://localhost:9", "ftp://example.com", "jar:file:/x!/y"})
    void shouldNotPointAnInstanceAtThisMachine(String target) {
        assertThat(gateway.put(EAST, "{\"api_base\": \"" + target + "\"}").statusCode()).isEqualTo(400);
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
    }

    @Test
    void shouldNotFollowAnInstanceThatRedirects() {
        east.enqueue(Reply.json(307, "{}").header("Location", west.uri() + "/v1/chat/completions"));

        gateway.chat("gpt-4o");

        assertThat(west.requests()).noneMatch(request -> "Bearer key-of-east".equals(request.header("authorization")));
    }

    @Test
    void shouldSuggestTheNearestInstance() {
        JsonNode error = json(gateway.put("/admin/instances/esat/config", "{}"), 404).at("/error");

        assertThat(error.at("/message").asText()).contains("Did you mean 'east'?");
        assertThat(gateway.post("/admin/instances/unknown/reset", "").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKeepAChangeOverAReload() {
        gateway.put(EAST, "{\"enabled\": false}");

        json(gateway.post("/config/reload", ""), 200);

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
    }

    @Test
    void shouldWriteAPersistentChangeToTheOverlay() throws IOException {
        json(gateway.put(EAST + "?persist=true", "{\"enabled\": false}"), 200);

        Path overlay = gateway.settingsFile().resolveSibling("settings-local.yaml");
        assertThat(Files.readString(overlay)).isEqualTo("instances:\n- name: east\n  enabled: false\n");
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            persits=true          | did you mean 'persist'?
            persist=yes           | must be true or false
            persist=1             | must be true or false
            persist=true&persist= | must be given once
            """)
    void shouldRefuseParametersWithoutEffect(String query, String reason) {
        assertThat(json(gateway.put(EAST + "?" + query, "{\"enabled\": false}"), 400).at("/error/message").asText()).contains(reason);

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
    }

    @Test
    void shouldClearABenchOnReset() {
        bench(Duration.ofMinutes(10));
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");

        JsonNode reset = json(gateway.post("/admin/instances/east/reset", ""), 200);

        assertThat(reset).isEqualTo(json("{\"status\": \"reset\", \"instance\": \"east\"}"));
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
        assertThat(document("/v1/instances/status").at("/instances/0/error_count").asInt()).isZero();
    }
}
