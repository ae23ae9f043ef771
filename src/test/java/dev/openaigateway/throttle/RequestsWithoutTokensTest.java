package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that cost no tokens, while a limit of tokens is overrun by an earlier response. */
@GatewayTest
class RequestsWithoutTokensTest {

    private static final String CREATE = "{\"model\":\"gpt-4o\",\"input\":\"Hello!\",\"max_output_tokens\":10}";
    private static final String LARGE = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":491,\"total_tokens\":500}}";
    private static final String LIST = "{\"object\":\"list\",\"data\":[]}";

    private static final List<String> CALLS = List.of("GET /v1/responses/resp_1", "GET /v1/responses/resp_1/input_items",
            "POST /v1/responses/resp_1/cancel", "DELETE /v1/responses/resp_1", "GET /v1/files", "POST /v1/files");

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "gateway", "instance"})
    void shouldNotWaitForAnyLimitOfTokens(String limited) {
        start("tpm: " + limit(limited, "client"), limit(limited, "gateway"), limit(limited, "instance"));
        for (String call : CALLS) {
            // given
            clock.advance(Duration.ofMinutes(2));
            overrun();
            String[] parts = call.split(" ");
            upstream.respond(Reply.json(200, call.endsWith("/files") ? LIST : LARGE));

            // when
            RawResponse response = send(parts[0], parts[1]);

            // then
            assertThat(response.status()).as(call).isEqualTo(200);
            assertThat(create().status()).as("a request that costs tokens waits, after " + call).isEqualTo(429);
            awaitSettled(gateway);
        }
    }

    @Test
    void shouldCountAgainstTheLimitOfRequests() {
        // given
        start("tpm: 100, rpm: 2", 1000, 1000);
        overrun();

        // when
        RawResponse second = send("GET", "/v1/responses/resp_1");
        RawResponse third = send("GET", "/v1/files");

        // then
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.text()).contains("\"type\":\"requests\"", "Limit 2");
    }

    private static int limit(String limited, String kind) {
        return limited.equals(kind) ? 100 : 1000;
    }

    private void start(String client, int gatewayTpm, int instanceTpm) {
        gateway = TestGateway.builder().clock(clock).settings("""
                clients: { keys: [{ name: alice, key: alice-key, %s }] }
                rate_limit: { tpm: %d }
                instances:
                """.formatted(client, gatewayTpm) + instance("first", upstream, 1, ", passthrough: [files], max_tpm: " + instanceTpm)).start();
    }

    private void overrun() {
        upstream.respond(Reply.json(200, LARGE));
        assertThat(create().status()).isEqualTo(200);
        awaitSettled(gateway);
    }

    private RawResponse create() {
        return send("POST", "/v1/responses", CREATE);
    }

    private RawResponse send(String method, String path) {
        return send(method, path, "");
    }

    private RawResponse send(String method, String path, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8), "api-key: alice-key",
                    "Content-Type: application/json").response();
        }
    }
}
