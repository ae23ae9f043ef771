package dev.openaigateway.app;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.SseEvent;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that is stopped while streams run. */
@GatewayTest
class StopTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";
    private static final String CONTENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}\n\n";
    private static final String LAST = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestGateway gateway = TestGateway.start("""
            streams: { drain: 6 }
            instances: [ { name: east, provider_type: generic, api_base: "%s" } ]
            """.formatted(upstream.uri()));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void shouldLetStreamsFinishInTheDrainTimeAndSendTheRestAnError() {
        Gate finishing = new Gate();
        Gate stuck = new Gate();
        try (RawClient finished = startStream(finishing); RawClient cancelled = startStream(stuck)) {
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway::close);
            Eventually.holds("readiness is down", () -> gateway.get("/health/ready").statusCode() == 503);

            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(503);
            finishing.open();
            assertThat(finished.event().raw()).isEqualTo(LAST);
            assertThat(finished.event()).isNull();
            assertThat(cancelled.event().data()).startsWith("{\"error\":{").contains("\"code\":\"gateway_stopping\"");
            assertThat(cancelled.event()).isNull();
            stopping.join();
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void shouldBreakOffAStreamThatTheClientCanResume() {
        String delta = "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":4,\"delta\":\"Hel\"}\n\n";
        upstream.enqueue(Reply.stream(delta).stallAfter(1));
        TestGateway stopping = TestGateway.start("""
                streams: { drain: 0.5 }
                instances: [ { name: east, provider_type: generic, api_base: "%s" } ]
                """.formatted(upstream.uri()));
        try (RawClient client = RawClient.connect(stopping.port()).post("/v1/responses", STREAM.replaceFirst("\\{", "{\"background\":true,"))) {
            upstream.awaitRequests(1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);

            RawResponse response = client.response();

            stopped.join();
            assertThat(response.text()).isEqualTo(delta);
            assertThat(response.complete()).isFalse();
        } finally {
            gateway.close();
        }
    }

    @Test
    void shouldTellOperatorsToTheEndWhatItRefuses() {
        Gate running = new Gate();
        try (CapturedLog log = new CapturedLog(); RawClient client = startStream(running)) {
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway::close);
            Eventually.holds("readiness is down", () -> gateway.get("/health/ready").statusCode() == 503);

            HttpResponse<String> refused = gateway.chat("gpt-4o");
            HttpResponse<String> withoutVersion = gateway.post("/chat/completions", TestGateway.chatBody("gpt-4o"));

            assertThat(List.of(refused, withoutVersion)).allSatisfy(response -> {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.body()).contains("gateway_stopping");
                assertThat(response.headers().firstValue("connection")).hasValue("close");
            });
            assertThat(log.accessLine(refused)).contains("status=503 error=gateway_stopping");
            assertThat(gateway.get("/metrics").body()).contains("status=\"503\"");
            assertThat(gateway.get("/admin/instances").statusCode()).isEqualTo(200);
            assertThat(gateway.put("/admin/instances/east/config", "{\"weight\":2}").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            running.open();
            client.event();
            stopping.join();
        }
    }

    @Test
    void shouldNotFailOverACancelledCall() {
        ScriptedUpstream other = ScriptedUpstream.start();
        upstream.respond(Reply.stall());
        TestGateway stopping = TestGateway.start("""
                streams: { drain: 0.5 }
                instances:
                  - { name: east, provider_type: generic, api_base: "%s", priority: 1 }
                  - { name: west, provider_type: generic, api_base: "%s", priority: 2 }
                """.formatted(upstream.uri(), other.uri()));
        try (other; CapturedLog log = new CapturedLog(); RawClient client = RawClient.connect(stopping.port()).post(CHAT, "{\"model\":\"gpt-4o\"}")) {
            upstream.awaitRequests(1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);

            RawResponse response = client.response();

            stopped.join();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).contains("gateway_stopping");
            assertThat(other.requests()).isEmpty();
            assertThat(log.linesWith("stops; requests in flight: 1, which get up to 0.5 s to end")).hasSize(1);
        } finally {
            gateway.close();
        }
    }

    /** Starts a stream and reads its first event. */
    private RawClient startStream(Gate gate) {
        upstream.enqueue(Reply.stream(CONTENT, LAST).gated(gate));
        gate.release();
        RawClient client = RawClient.connect(gateway.port()).post(CHAT, STREAM);
        client.head();
        SseEvent first = client.event();
        assertThat(first.raw()).isEqualTo(CONTENT);
        return client;
    }
}
