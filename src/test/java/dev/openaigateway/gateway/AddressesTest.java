package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Paths and methods that clients use beside those of the documentation. */
@GatewayTest
class AddressesTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final String BODY = "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        UPSTREAM.respond(Reply.chat("served"));
        gateway = TestGateway.start("""
                instances:
                  - { name: one, provider_type: generic, api_key: sk, api_base: "%s", supported_models: [gpt-4o, a+b, "a/b:c", "50%%"] }
                """.formatted(UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource({"/chat/completions, /v1/chat/completions", "/embeddings, /v1/embeddings", "/responses, /v1/responses",
        "/audio/speech?x=1, /v1/audio/speech?x=1", "/images/generations/, /v1/images/generations"})
    void shouldServeAPathWithoutItsVersion(String path, String target) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.post(path, BODY).response().status()).isEqualTo(200);
        }
        assertThat(UPSTREAM.requests().get(UPSTREAM.requests().size() - 1).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/", "/models/", "/openai/v1/models/"})
    void shouldFindAModelWhateverCharactersItsNameHas(String path) {
        assertThat(gateway.get(path + "a+b").body()).contains("\"id\":\"a+b\"");
        assertThat(gateway.get(path + "a%2Bb").body()).contains("\"id\":\"a+b\"");
        assertThat(gateway.get(path + "a/b:c").body()).contains("\"id\":\"a/b:c\"");
        assertThat(gateway.get(path + "a%2Fb%3Ac").body()).contains("\"id\":\"a/b:c\"");
        assertThat(gateway.get(path + "50%25").body()).contains("\"id\":\"50%\"");
    }

    @Test
    void shouldTakeADeploymentWithAPlusSignAsTheModel() {
        assertThat(gateway.post("/openai/deployments/a+b/chat/completions", "{}").statusCode()).isEqualTo(200);

        assertThat(UPSTREAM.requests().get(UPSTREAM.requests().size() - 1).text()).contains("\"model\":\"a+b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/live", "/health/ready", "/v1/models", "/v1/models/gpt-4o", "/models", "/openai/models?api-version=1"})
    void shouldServeHeadAsGetWithoutTheBody(String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            RawResponse next = client.head();
            assertThat(next.status()).as("directly after the head").isEqualTo(200);
        }
    }

    @Test
    void shouldRespondAtTheRoot() {
        assertThat(gateway.get("/").body()).contains("\"status\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/responses, POST", "HEAD, /v1/responses, POST", "PATCH, /v1/responses, POST", "GET, /responses, POST", "GET, /openai/responses, POST",
        "GET, /openai/v1/responses, POST", "PUT, /v1/responses/resp_1, 'DELETE, GET'", "POST, /v1/responses/resp_1, 'DELETE, GET'",
        "GET, /v1/responses/resp_1/cancel, POST", "POST, /openai/v1/responses/resp_1/input_items, GET", "DELETE, /v1/responses/compact, POST",
        "DELETE, /openai/deployments/x/chat/completions, POST", "GET, /openai/v1/chat/completions, POST", "GET, /chat/completions, POST",
        "DELETE, /v1/models/gpt-4o, GET", "POST, /v1/models, GET", "POST, /health, GET", "DELETE, /openai/v1/models, GET",
        "GET, /admin/instances/one/reset, POST", "PATCH, /admin/route, 'GET, POST'"})
    void shouldNameTheMethodsOfAPath(String method, String path, String allowed) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse head = client.request(method, path, new byte[0]).head();
            assertThat(head.status()).isEqualTo(405);
            assertThat(head.header("allow")).isEqualTo(allowed);
            if (!method.equals("HEAD")) {
                assertThat(client.response().text()).contains("The method " + method + " is not allowed at this path; use " + allowed + ".");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/responses", "/openai/v1/responses", "/openai/responses?api-version=preview",
        "/v1/realtime?model=gpt-realtime", "/openai/realtime?deployment=x&api-version=2024-10-01-preview"})
    void shouldSendClientsThatAskForAWebSocketBackToHttp(String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.get(path, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Extensions: permessage-deflate").response();
            assertThat(response.status()).isEqualTo(426);
            assertThat(response.header("upgrade")).isEqualTo("HTTP/1.1");
            assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"websocket_not_supported\"");
            assertThat(client.post("/v1/responses", BODY).response().status()).as("on the same connection").isEqualTo(200);
            assertThat(client.get(path, "Connection: Upgrade", "Upgrade: h2c, WebSocket").response().status()).as("one of several").isEqualTo(426);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/models", "/nothing", "/v1/chat/completions"})
    void shouldDateEveryResponse(String path) {
        assertThat(gateway.get(path).headers().firstValue("date").orElseThrow())
                .matches("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }
}
