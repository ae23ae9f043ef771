package dev.openaigateway.gateway;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class OverloadTest {

    private static final int RUNNING = 4;

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

    @Test
    void shouldFinishTheStreamsThatRunWhileOthersAreRefused() {
        Gate gate = new Gate();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(request -> Reply.chatStream("one", "two", "three").gated(gate));
                TestGateway gateway = TestGateway.builder().bean("inFlight", new InFlight(RUNNING)).settings(
                        "instances: [ { name: east, provider_type: generic, api_base: \"" + upstream.uri() + "\" } ]").start()) {
            String stream = "{\"model\":\"gpt-4o\",\"stream\":true}";
            List<RawClient> running = Stream.generate(() -> RawClient.connect(gateway.port()).post("/v1/chat/completions", stream)).limit(RUNNING).toList();
            upstream.awaitRequests(RUNNING);
            gate.release(RUNNING);

            List<RawClient> refused = Stream.generate(() -> RawClient.connect(gateway.port()).post("/v1/chat/completions", stream)).limit(10 * RUNNING).toList();
            for (RawClient client : refused) {
                RawResponse head = client.head();
                assertThat(head.status()).isEqualTo(503);
                assertThat(head.header("retry-after")).isEqualTo("1");
                client.close();
            }
            gate.open();

            assertThat(running).allSatisfy(client -> assertThat(client.response().text()).contains("one", "two", "three", "[DONE]"));
            running.forEach(RawClient::close);
            assertThat(upstream.requests()).hasSize(RUNNING);
        }
    }
}
