package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class FailoverTest {

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: first, provider_type: generic, api_key: k1, api_base: "http://127.0.0.1:%d", priority: 1 }
                  - { name: second, provider_type: generic, api_key: k2, api_base: "http://127.0.0.1:%d", priority: 2 }
                """.formatted(first.port(), second.port()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void shouldRespondFromTheInstanceThatGoesFirst() {
        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Hello");
        assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("first");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void shouldCallTheNextInstanceWhenTheFirstFails() {
        first.enqueue(Reply.error(500, "{\"error\":{\"message\":\"boom\"}}"));

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("second");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
        assertThat(first.awaitRequests(1)).hasSize(1);
    }
}
