package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

/** One client requests a response that another client created. */
@GatewayTest
class ResponseOwnershipTest {

    private static final String CREATED = "{\"id\":\"resp_a\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.json(200, CREATED));
    private final TestGateway gateway = TestGateway.start("""
            clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
            instances:
              - { name: one, provider_type: generic, api_base: "%s", supported_models: [gpt-4o] }
            """.formatted(upstream.uri()));

    @BeforeEach
    void create() {
        assertThat(send("POST", "", "key-a", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /input_items"})
    void shouldNotExistForAnotherKey(String method, String action) {
        RawResponse refused = send(method, "/resp_a" + action, "key-b", "");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).isEqualTo("{\"error\":{\"message\":\"Response with id 'resp_a' not found.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(send(method, "/resp_a" + action, "key-a", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/input_tokens", "/compact"})
    void shouldNotBeContinuedByAnotherKey(String action) {
        String next = "{\"model\":\"gpt-4o\",\"input\":\"And?\",\"previous_response_id\":\"resp_a\"}";

        RawResponse refused = send("POST", action, "key-b", next);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("\"code\":\"previous_response_not_found\"", "\"param\":\"previous_response_id\"");
        assertThat(send("POST", action, "key-a", next).status()).isEqualTo(200);
    }

    @Test
    void shouldNotExistForAnotherKeyWhenItWasStreamed() {
        upstream.respond(Reply.stream("data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_s\"}}\n\n",
                "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_s\"}}\n\n"));
        send("POST", "", "key-a", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}");
        upstream.respond(Reply.json(200, CREATED));

        assertThat(send("GET", "/resp_s", "key-b", "").status()).isEqualTo(404);
        assertThat(send("GET", "/resp_s", "key-a", "").status()).isEqualTo(200);
    }

    @Test
    void shouldBelongToTheKeyThatUsesItFirstIfItsMakerIsNotKnown() {
        assertThat(continued("resp_of_before", "key-b").status()).isEqualTo(200);
        assertThat(continued("resp_of_before", "key-a").status()).isEqualTo(400);
        upstream.respond(Reply.json(200, CREATED.replace("resp_a", "resp_old")));
        assertThat(send("GET", "/resp_old", "key-b", "").status()).isEqualTo(200);
        assertThat(send("GET", "/resp_old", "key-a", "").status()).isEqualTo(404);
        assertThat(send("GET", "/resp_old", "key-b", "").status()).isEqualTo(200);
    }

    @Test
    void shouldFollowTheSettingForUnknownMakers() throws IOException {
        String settings = Files.readString(gateway.settingsFile());
        reload(settings.replace("clients: {", "clients: { unknown_objects: any,"));
        assertThat(continued("resp_any", "key-b").status()).isEqualTo(200);
        assertThat(continued("resp_any", "key-a").status()).isEqualTo(200);

        reload(settings.replace("clients: {", "clients: { unknown_objects: none,"));
        int before = upstream.requests().size();
        assertThat(continued("resp_none", "key-a").text()).contains("previous_response_not_found");
        assertThat(send("GET", "/resp_none", "key-a", "").status()).isEqualTo(404);
        assertThat(upstream.requests()).hasSize(before);

        reload(settings.replace("clients: {", "clients: { unknown_objects: none,").replace(", { name: bob, key: key-b }", ""));
        assertThat(continued("resp_none", "key-a").status()).as("the only client").isEqualTo(200);
    }

    private void reload(String settings) throws IOException {
        Files.writeString(gateway.settingsFile(), settings);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    private RawResponse continued(String id, String key) {
        return send("POST", "", key, "{\"model\":\"gpt-4o\",\"input\":\"And?\",\"previous_response_id\":\"" + id + "\"}");
    }

    private RawResponse send(String method, String path, String key, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, "/v1/responses" + path, body.getBytes(StandardCharsets.UTF_8), "api-key: " + key).response();
        }
    }
}
