package dev.openaigateway.server;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Every response carries the request id, whichever component sends it. */
@GatewayTest
class RequestIdsOverHttpTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("instances: [{ name: one, provider_type: generic, api_base: '" + UPSTREAM.uri() + "' }]");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/models, 200", "GET, /v1/images/data/m/0, 404", "GET, /health, 200", "GET, /health/ready, 200", "GET, /stats, 200",
        "GET, /admin/instances, 200", "GET, /config, 200", "GET, /metrics, 200", "GET, /nothing, 404", "PUT, /v1/models, 405",
        "POST, /v1/chat/completions, 200", "POST, /v1/embeddings?x=1, 200", "GET, /health/unknown%zz, 400"})
    void shouldBeOnEveryResponseOnce(String method, String path, int status) {
        // when
        try (RawClient client = RawClient.connect(gateway.port())) {
            byte[] body = method.equals("POST") ? TestGateway.chatBody("m").getBytes(StandardCharsets.UTF_8) : new byte[0];
            RawResponse response = client.request(method, path, body, "x-request-id: my-id-7").response();
            // then
            assertThat(response.status()).as(response.text()).isEqualTo(status);
            assertThat(response.headers().all("x-request-id")).containsExactly("my-id-7");
        }
    }
}
