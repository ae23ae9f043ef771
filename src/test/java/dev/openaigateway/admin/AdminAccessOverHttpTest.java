package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class AdminAccessOverHttpTest {

    private static TestGateway open;
    private static TestGateway guarded;

    @BeforeAll
    static void startGateways() {
        open = TestGateway.start("instances: []");
        guarded = TestGateway.builder().variable("ADMIN_TOKEN", "t0ken").start();
    }

    @AfterAll
    static void stopGateways() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/stats/windows", "/stats/instances", "/stats/health", "/stats/status", "/stats/usage",
        "/v1/instances/status", "/admin/instances", "/admin/route?model=gpt-4o", "/config", "/metrics"})
    void shouldRequireTheTokenForEachEndpoint(String path) {
        assertThat(guarded.get(path).statusCode()).isEqualTo(401);
        assertThat(guarded.get(path, "X-Admin-Token", "wrong").statusCode()).isEqualTo(401);
        assertThat(guarded.get(path, "Authorization", "Bearer t0ken").statusCode()).isEqualTo(200);
        assertThat(guarded.get(path, "X-Admin-Token", "t0ken").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/instances/demo-azure/reset", "/config/reload", "/config/validate"})
    void shouldRequireTheTokenForEachOperation(String path) {
        assertThat(guarded.post(path, "instances: []").statusCode()).isEqualTo(401);
        assertThat(guarded.put("/admin/instances/demo-azure/config", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldNotAcceptTheTokenAsAQueryParameter() {
        assertThat(guarded.get("/stats?X-Admin-Token=t0ken&Authorization=Bearer%20t0ken").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldReportTheMissingToken() {
        JsonNode error = OperatedGateway.json(guarded.get("/stats"), 401).at("/error");

        assertThat(error.at("/code").asText()).isEqualTo("admin_token_required");
        assertThat(error.at("/message").asText()).contains("X-Admin-Token");
    }

    @Test
    void shouldRespondOnlyToThisMachineWithoutAToken() {
        assertThat(open.get("/stats").statusCode()).isEqualTo(200);
        JsonNode error = OperatedGateway.json(open.get("/stats", "X-Forwarded-For", "127.0.0.1"), 403).at("/error");

        assertThat(error.at("/code").asText()).isEqualTo("admin_local_only");
        assertThat(error.at("/message").asText()).as("the cause and the next step").contains("without a proxy", "Set admin.token or ADMIN_TOKEN");
    }

    @Test
    void shouldRefuseAForeignHostNameWithoutAToken() {
        try (RawClient client = RawClient.connect(open.port())) {
            RawResponse response = client.send("GET /config HTTP/1.1\r\nHost: evil.example\r\n\r\n").response();
            assertThat(response.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void shouldServeHealthWithoutAToken(String path) {
        assertThat(guarded.get(path).statusCode()).isEqualTo(200);
    }
}
