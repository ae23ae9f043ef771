package dev.openaigateway.relay;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class ResponseSizesTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances: [ { name: one, provider_type: generic, api_base: "%s" } ]
                """.formatted(UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    /** Sizes around each growth of the buffer, and around the limit above which a response is not held. */
    @ParameterizedTest
    @ValueSource(ints = {30, 2047, 2048, 2049, 8191, 8192, 8193, 32_768, 131_072, 524_288, 1_048_575, 1_048_576, 1_048_577, 3_000_000})
    void shouldRelayEveryByteOfAResponse(int size) {
        String response = "{\"choices\":[{\"text\":\"" + "0123456789".repeat(size / 10 + 1).substring(0, size - 25) + "\"}]}";
        UPSTREAM.enqueue(Reply.body(200, "application/json", response.getBytes(StandardCharsets.UTF_8)));

        try (RawClient client = RawClient.connect(gateway.port()).post("/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}")) {
            assertThat(client.response().text().equals(response)).isTrue();
        }
    }
}
