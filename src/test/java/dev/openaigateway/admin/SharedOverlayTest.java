package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways that share an overlay file, and administrators who change it at the same time. */
@GatewayTest
class SharedOverlayTest {

    private static final String KEYS = "/admin/clients/search/keys";
    private static final String[] ADMIN = {"X-Admin-Token", "root-token"};

    @TempDir
    private static Path folder;
    private static TestGateway one;
    private static TestGateway two;

    @BeforeAll
    static void startGateways() {
        one = gateway();
        two = gateway();
    }

    private static TestGateway gateway() {
        return TestGateway.builder().variable("GATEWAY_OVERLAY", folder.resolve("overlay.yaml").toString()).settings("""
                admin: { token: root-token }
                clients: { max_bad_keys: 0, keys: [ { name: search, key: key-of-search } ] }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:9" } ]
                """).start();
    }

    @AfterAll
    static void stopGateways() {
        one.close();
        two.close();
    }

    @Test
    void shouldLoseNoKeyAndNoRevocation() {
        JsonNode revoked = made(one);
        Eventually.holds("the other gateway knows the key", () -> status(two, revoked) == 200);

        List<JsonNode> keys = IntStream.range(0, 12).parallel().mapToObj(i -> {
            if (i == 4) {
                OperatedGateway.json(send(two, "DELETE", KEYS + "/" + revoked.path("id").asText(), ""), 200);
            }
            OperatedGateway.json(send(i % 2 == 0 ? two : one, "PUT", "/admin/instances/east/config?persist=true", "{\"weight\": " + (i + 1) + "}"), 200);
            return made(i % 2 == 0 ? one : two);
        }).toList();

        for (TestGateway gateway : List.of(one, two)) {
            Eventually.holds("all keys are valid at both gateways", () -> keys.stream().allMatch(key -> status(gateway, key) == 200));
            Eventually.holds("the revoked key is refused", () -> status(gateway, revoked) == 401);
        }
        assertThat(OperatedGateway.json(one.get("/admin/clients", ADMIN), 200).at("/clients/0/keys")).hasSize(13);
    }

    private static JsonNode made(TestGateway gateway) {
        return OperatedGateway.json(send(gateway, "POST", KEYS, ""), 201);
    }

    private static int status(TestGateway gateway, JsonNode key) {
        return gateway.get("/v1/models", "api-key", key.path("key").asText()).statusCode();
    }

    private static HttpResponse<String> send(TestGateway gateway, String method, String path, String body) {
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url(path))).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)), ADMIN);
    }
}
