package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openaigateway.openai.Json;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** An endpoint for operators in the route files. */
    record Endpoint(String method, String path, boolean changes) {

        static Endpoint of(JsonNode parameters) {
            Map<String, String> values = new HashMap<>();
            parameters.forEach(parameter -> values.put(parameter.path("name").asText(), parameter.path("value").asText()));
            String method = values.getOrDefault("method", "GET").replaceAll("GET,", "");
            return new Endpoint(method, values.get("path").replaceAll("\\{\\w+}", "east"), !method.equals("GET") && !values.containsKey("access"));
        }
    }

    static List<Endpoint> endpoints() throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String file : List.of("admin", "dashboard")) {
            new YAMLMapper().readTree(Path.of("routes", file + ".camel.yaml").toFile()).findValues("templatedRoute")
                    .forEach(route -> endpoints.add(Endpoint.of(route.path("parameters"))));
        }
        return endpoints;
    }

    /** Holds for each endpoint that is added later too. */
    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldSeeEverythingAndChangeNothing(Endpoint endpoint) {
        for (String[] token : List.of(MONITOR, new String[] {"Authorization", "Bearer l00k"})) {
            HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url(endpoint.path() + "?model=gpt-4o")))
                    .header("Content-Type", "application/json").method(endpoint.method(), HttpRequest.BodyPublishers.ofString("{}")), token);
            if (endpoint.changes()) {
                JsonNode error = OperatedGateway.json(response, 403).at("/error");
                assertThat(error.at("/code").asText()).isEqualTo("read_only_token");
                assertThat(error.at("/message").asText()).contains("monitor token", "admin token");
            } else {
                assertThat(response.statusCode()).as(response.body()).isIn(200, 400);
                assertThat(response.body()).doesNotContain("admin_token_required", "read_only_token");
            }
        }
        JsonNode east = OperatedGateway.json(gateway.get("/admin/instances", MONITOR), 200).at("/instances/0");
        assertThat(east.path("enabled").asBoolean()).isTrue();
    }

    @Test
    void shouldFindTheEndpointsOfOperators() throws IOException {
        assertThat(endpoints()).hasSizeGreaterThan(20).filteredOn(Endpoint::changes).extracting(Endpoint::path)
                .contains("/admin/instances/east/reset", "/admin/instances/east/config", "/config/reload", "/config/validate");
    }

    /** Rules are code, and the check builds them. */
    @Test
    void shouldNotRunTheCodeOfRules() {
        String rules = """
                - beans: [ { name: probe, type: java.lang.Object, scriptLanguage: groovy, script: "System.setProperty('built.by', 'request'); new Object()" } ]
                - route: { id: routing, from: { uri: direct:routing, steps: [ { to: "instance:*" } ] } }
                """;
        for (String body : List.of(rules, "{\"files\": {\"routing.camel.yaml\": " + Json.MAPPER.valueToTree(rules) + "}}")) {
            assertThat(gateway.post("/config/validate", body, "X-Admin-Token", "l00k", "Content-Type", body.startsWith("{") ? "application/json" : "text/yaml"))
                    .extracting(HttpResponse::statusCode).isEqualTo(403);
            assertThat(System.clearProperty("built.by")).isNull();
            assertThat(gateway.post("/config/validate", body, "X-Admin-Token", "t0ken", "Content-Type", body.startsWith("{") ? "application/json" : "text/yaml"))
                    .extracting(HttpResponse::statusCode).isEqualTo(200);
            assertThat(System.clearProperty("built.by")).isEqualTo("request");
        }
        JsonNode latest = OperatedGateway.json(gateway.get("/admin/changes?limit=1", MONITOR), 200).at("/changes/0");
        assertThat(latest.at("/action").asText()).isEqualTo("validate");
        assertThat(latest.at("/by/access").asText()).isEqualTo("admin_token");
    }

    @Test
    void shouldAskWhatChangesNothingWithABody() {
        assertThat(gateway.post("/admin/route", TestGateway.chatBody("gpt-4o"), MONITOR).statusCode()).isEqualTo(200);
    }

    /** So that Prometheus needs no token that may change something. */
    @Test
    void shouldScrape() {
        assertThat(gateway.get("/metrics", "Authorization", "Bearer l00k").body()).contains("gateway_requests_in_flight");
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
