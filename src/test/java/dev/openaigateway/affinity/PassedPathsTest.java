package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** The path whose owner is looked up and the path at the upstream are about the same object, also at Azure, where a path has two forms. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassedPathsTest {

    private final ScriptedUpstream azure = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                instances:
                  - { name: azure, api_key: k, api_base: "%s", passthrough: ["*"] }
                """.formatted(azure.uri()));
        azure.respond(Reply.json(200, "{\"id\":\"file-ALICE2\",\"object\":\"file\"}"));
        assertThat(request("POST", "/v1/files", "key-a", "{}").status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        gateway.close();
        azure.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/v1/files/file-ALICE2?api-version=2024-10-21", "/v1/V1/files/file-ALICE2", "/openai/openai/files/file-ALICE2",
        "/v1/passthrough/files/file-ALICE2", "/v1/openai/v1/files/file-ALICE2/content", "/v1/v2beta/files/file-ALICE2", "/v1/any/v1/files/file-ALICE2",
        "/v1/v1/responses/resp_ALICE?api-version=2024-10-21", "/v1/deployments/gpt-4o/files/file-ALICE2"})
    void shouldRefuseAPathWithTheRootOfAnApiInside(String path) {
        int before = azure.requests().size();

        for (String method : new String[] {"GET", "DELETE"}) {
            RawResponse refused = request(method, path, "key-b", "");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text()).contains("unknown_url");
        }

        assertThat(azure.requests()).hasSize(before);
    }

    @Test
    void shouldRefuseTheObjectOfAnotherKeyBelowAPathOfNoKnownKind() {
        int before = azure.requests().size();

        RawResponse refused = request("GET", "/v1/project/files/file-ALICE2", "key-b", "");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("File with id 'file-ALICE2' not found.");
        assertThat(azure.requests()).hasSize(before);
        assertThat(request("GET", "/v1/project/files/file-ALICE2", "key-a", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/files/file-ALICE2?api-version=2024-10-21", "/openai/files/file-ALICE2?api-version=2024-10-21", "/openai/v1/files/file-ALICE2"})
    void shouldNotLetAClientChooseTheFormOfAPath(String path) {
        assertThat(request("GET", path, "key-a", "").status()).isEqualTo(200);

        assertThat(azure.requests().get(azure.requests().size() - 1).target()).isEqualTo("/openai/v1/files/file-ALICE2");
    }

    private RawResponse request(String method, String path, String key, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8), "api-key: " + key).response();
        }
    }
}
