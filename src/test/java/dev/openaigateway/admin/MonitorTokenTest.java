package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class MonitorTokenTest {

    private static final String[] MONITOR = {"X-Admin-Token", "l00k"};
    private static final String INSTANCES = """
            instances:
              - { name: east, provider_type: generic, api_base: "http://127.0.0.1:9", supported_models: [gpt-4o] }
            """;

    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() {
        gateway = TestGateway.builder().settings("admin: { token: t0ken, monitor_token: l00k }\n" + INSTANCES).start();
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/stats/windows", "/stats/instances", "/stats/health", "/stats/status", "/stats/usage", "/v1/instances/status",
        "/admin/instances", "/admin/overview", "/admin/route?model=gpt-4o", "/config", "/metrics"})
    void shouldSeeEverything(String path) {
        assertThat(gateway.get(path, MONITOR).statusCode()).isEqualTo(200);
        assertThat(gateway.get(path, "Authorization", "Bearer l00k").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST, /admin/instances/east/reset", "PUT, /admin/instances/east/config", "POST, /config/reload",
        "PUT, /admin/instances/east/config?persist=true"})
    void shouldChangeNothing(String method, String path) {
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url(path))).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{\"enabled\": false}")), MONITOR);

        JsonNode error = OperatedGateway.json(response, 403).at("/error");
        assertThat(error.at("/code").asText()).isEqualTo("read_only_token");
        assertThat(error.at("/message").asText()).contains("monitor token", "admin token");
        JsonNode east = OperatedGateway.json(gateway.get("/admin/instances", MONITOR), 200).at("/instances/0");
        assertThat(east.path("enabled").asBoolean()).isTrue();
    }

    @Test
    void shouldAskWhatChangesNothingWithABody() {
        assertThat(gateway.post("/config/validate", INSTANCES, MONITOR).statusCode()).isEqualTo(200);
        assertThat(gateway.post("/admin/route", TestGateway.chatBody("gpt-4o"), MONITOR).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBeShown() {
        assertThat(gateway.get("/config", MONITOR).body()).contains("monitor_token").doesNotContain("l00k", "t0ken");
        assertThat(OperatedGateway.json(gateway.get("/admin/overview", MONITOR), 200).path("access").asText()).isEqualTo("monitor");
        assertThat(OperatedGateway.json(gateway.get("/admin/overview", "X-Admin-Token", "t0ken"), 200).path("access").asText()).isEqualTo("admin");
    }

    /** Otherwise its owner could guess the admin token without end. */
    @Test
    void shouldNotResetTheCountOfWrongTokens() {
        try (TestGateway guessed = TestGateway.builder().settings("admin: { token: t0ken, monitor_token: l00k }\nclients: { max_bad_keys: 2 }").start()) {
            assertThat(guessed.get("/stats", "X-Admin-Token", "a").statusCode()).isEqualTo(401);
            assertThat(guessed.get("/stats", MONITOR).statusCode()).isEqualTo(200);
            assertThat(guessed.get("/stats", "X-Admin-Token", "b").statusCode()).isEqualTo(401);
            assertThat(guessed.get("/stats", "X-Admin-Token", "t0ken").statusCode()).isEqualTo(403);
        }
    }
}
