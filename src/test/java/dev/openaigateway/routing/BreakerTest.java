package dev.openaigateway.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class BreakerTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String CONTENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true}";

    private final Upstreams upstreams = new Upstreams(
            "breaker: { failure_rate: 50, window: 4, minimum_calls: 4, open_for: 30, probes: 1 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @Test
    void shouldStopCallingAnInstanceThatFailsTooOften() {
        upstreams.first.respond(Reply.error(500, "boom", "boom"));
        chats(4);

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
        assertThat(upstreams.counts().get(0)).isEqualTo(4);
    }

    @Test
    void shouldAdmitAProbeAfterTheOpenTime() {
        openFirst();

        upstreams.clock.advance(Duration.ofMillis(29_999));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        upstreams.clock.advance(Duration.ofMillis(1));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
    }

    @Test
    void shouldStayOpenWhenTheProbeFails() {
        openFirst();
        upstreams.first.enqueue(Reply.error(500, "boom", "boom"));

        upstreams.clock.advance(Duration.ofSeconds(30));
        chats(3);

        assertThat(upstreams.counts().get(0)).isEqualTo(5);
    }

    @Test
    void shouldCountStreamsThatBreakOff() throws IOException {
        upstreams.first.respond(Reply.stream(CONTENT));
        for (int stream = 0; stream < 3; stream++) {
            assertThat(stream(stream).body()).contains("upstream_stream_error");
        }
        assertThat(upstreams.gateway.post(CHAT, STREAM).headers().firstValue("x-gateway-instance")).hasValue("first");

        HttpResponse<String> response = upstreams.gateway.post(CHAT, STREAM.replace(",\"stream\":true", ""));

        assertThat(Upstreams.instance(response)).isEqualTo("second");
        assertThat(upstreams.gateway.metric(
                "gateway_attempts_failed_total{error_type=\"broken\",gateway_instance=\"first\",gen_ai_request_model=\"gpt-4o\"}")).isEqualTo(4);
        assertThat(new ObjectMapper().readTree(upstreams.gateway.get("/stats").body()).at("/instances/first/failed_attempts").asInt()).isEqualTo(4);
    }

    @Test
    void shouldCountAStreamOnce() {
        upstreams.first.enqueue(Reply.stream(CONTENT));
        stream(1);
        upstreams.first.respond(Reply.chatStream("One", "Two"));
        for (int stream = 2; stream < 4; stream++) {
            stream(stream);
        }
        upstreams.first.enqueue(Reply.stream(CONTENT));
        stream(4);

        assertThat(Upstreams.instance(upstreams.chat())).as("two of four failed").isEqualTo("second");
    }

    @Test
    void shouldOpenAgainIfTheStreamOfAProbeBreaksOff() {
        openFirst();
        upstreams.clock.advance(Duration.ofSeconds(30));
        upstreams.first.respond(Reply.stream(CONTENT));

        for (int stream = 0; stream < 4; stream++) {
            stream(stream);
        }

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
    }

    @Test
    void shouldNotCountErrorsThatAreNotTheInstancesFault() {
        for (int status : new int[] {400, 404, 409, 422, 429, 400, 404, 422}) {
            upstreams.first.enqueue(Reply.error(status, "x", "y"));
            upstreams.chat();
            upstreams.clock.advance(Duration.ofSeconds(2));
        }

        assertThat(upstreams.counts().get(0)).as("called each time; only 429 benches it, for a second").isEqualTo(8);
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
    }

    @Test
    void shouldApplyChangedCommonSettings() throws IOException {
        String before = Files.readString(upstreams.gateway.settingsFile());
        Files.writeString(upstreams.gateway.settingsFile(), before.replace("window: 4, minimum_calls: 4", "window: 2, minimum_calls: 2"));
        assertThat(upstreams.gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        upstreams.first.respond(Reply.error(500, "boom", "boom"));

        chats(4);

        assertThat(upstreams.counts().get(0)).isEqualTo(2);
    }

    @Test
    void shouldKeepABreakerWhoseSettingsDidNotChange() throws IOException {
        openFirst();
        String before = Files.readString(upstreams.gateway.settingsFile());
        Files.writeString(upstreams.gateway.settingsFile(), before.replace("priority: 3", "priority: 4"));

        assertThat(upstreams.gateway.post("/config/reload", "").statusCode()).isEqualTo(200);

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
    }

    @Test
    void shouldCountAnInvalidKey() {
        upstreams.first.respond(Reply.error(401, "invalid_api_key", "no"));
        chats(5);

        assertThat(upstreams.counts().get(0)).isEqualTo(4);
    }

    @Test
    void shouldReleaseTheProbeWhenTheClientLeaves() {
        openFirst();
        upstreams.clock.advance(Duration.ofSeconds(30));
        upstreams.first.enqueue(Reply.stall());
        RawClient leaving = RawClient.connect(upstreams.gateway.port())
                .post("/v1/chat/completions", TestGateway.chatBody("gpt-4o"));
        upstreams.first.awaitRequests(5);

        assertThat(Upstreams.instance(upstreams.chat())).as("while the only probe runs").isEqualTo("second");
        leaving.abort();
        upstreams.first.awaitAborted();

        Eventually.holds("first is called again", () -> Upstreams.instance(upstreams.chat()).equals("first"));
    }

    @Test
    void shouldReleaseTheProbeAtTheFirstContentOfAStream() {
        openFirst();
        upstreams.clock.advance(Duration.ofSeconds(30));
        Gate gate = new Gate();
        upstreams.first.enqueue(Reply.chatStream("One", "Two").gated(gate));
        gate.release(2);
        try (RawClient streaming = RawClient.connect(upstreams.gateway.port()).post(CHAT, STREAM)) {
            streaming.head();
            streaming.event();
            streaming.event();

            assertThat(Upstreams.instance(upstreams.chat())).as("while the stream runs").isEqualTo("first");
            gate.open();
            assertThat(streaming.response().text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void shouldCountAStreamThatFailsBeforeItsFirstContent() {
        for (int i = 0; i < 4; i++) {
            upstreams.first.enqueue(Reply.stream("data: {\"error\":{\"message\":\"overloaded\"}}\n\n"));
            upstreams.second.enqueue(Reply.chatStream("Hi"));
            HttpResponse<String> response = upstreams.gateway.post(CHAT, STREAM);
            assertThat(Upstreams.instance(response)).isEqualTo("second");
        }

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        assertThat(upstreams.counts().get(0)).isEqualTo(4);
    }

    /** Equal requests would count once. */
    private HttpResponse<String> stream(int seed) {
        return upstreams.gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"stream\":true,\"seed\":" + seed + "}");
    }

    private void openFirst() {
        upstreams.first.enqueue(Reply.error(500, "a", "b"), Reply.error(500, "a", "b"), Reply.error(500, "a", "b"), Reply.error(500, "a", "b"));
        chats(4);
    }

    private void chats(int count) {
        for (int i = 0; i < count; i++) {
            upstreams.chat();
        }
    }
}
