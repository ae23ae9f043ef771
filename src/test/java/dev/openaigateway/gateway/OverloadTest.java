package dev.openaigateway.gateway;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class OverloadTest {

    @Test
    void shouldReturn503AboveTheLimitOfRequestsInFlight() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Reply.stall());
                TestGateway gateway = TestGateway.builder().bean("inFlight", new InFlight(1)).settings(
                        "instances: [ { name: east, provider_type: generic, api_base: \"" + upstream.uri() + "\" } ]").start()) {
            RawClient running = RawClient.connect(gateway.port()).post("/v1/chat/completions", "{\"model\":\"gpt-4o\"}");
            upstream.awaitRequests(1);

            HttpResponse<String> refused = gateway.chat("gpt-4o");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"type\":\"server_error\"", "\"code\":\"gateway_overloaded\"");
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(upstream.requests()).hasSize(1);
            running.abort();
            Eventually.holds("there is room again", () -> gateway.chat("gpt-4o").statusCode() == 200);
        }
    }
}
