package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** A key that may use some models only, and requests of which the model is not known. */
@GatewayTest
class RestrictedKeyTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestGateway gateway = TestGateway.start("""
            clients: { keys: [{ name: carol, key: key-c, models: [gpt-5] }] }
            instances: [{ name: only, provider_type: generic, api_key: k, api_base: "%s" }]
            """.formatted(upstream.uri()));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** As after a restart, when it is not known which model made it. */
    @Test
    void shouldReachAStoredResponseOfAnUnknownModel() {
        upstream.respond(Reply.json(200, "{\"id\":\"resp_1\",\"object\":\"response\",\"output\":[]}"));

        assertThat(send("GET", "/v1/responses/resp_1", "").status()).isEqualTo(200);
        assertThat(send("POST", "/v1/responses/resp_1/cancel", "").status()).isEqualTo(200);
    }

    @Test
    void shouldHaveToNameAModel() {
        RawResponse response = send("POST", "/v1/responses", "{\"prompt\":{\"id\":\"pmpt_1\"}}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("\"param\":\"model\"");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void shouldNotUseAnotherModel() {
        RawResponse response = send("POST", "/v1/responses", "{\"model\":\"gpt-6\",\"input\":\"x\"}");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).contains("gpt-6");
    }

    private RawResponse send(String method, String path, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8), "Authorization: Bearer key-c").response();
        }
    }
}
