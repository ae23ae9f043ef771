package dev.openaigateway.traces;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TraceCollector;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static dev.openaigateway.support.TraceCollector.attributes;
import static dev.openaigateway.support.TraceCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

/** Spans as a collector receives them. */
@GatewayTest
class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String CHAT = """
            {"id":"c1","object":"chat.completion","model":"gpt-4o-2024","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant",
             "content":"the-secret-answer"}}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,
             "prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}}""";
    private static final String CONTENT = "the-secret-";

    private static final ScriptedUpstream EAST = ScriptedUpstream.start();
    private static final ScriptedUpstream WEST = ScriptedUpstream.start();
    private static final CapturedLog LOG = new CapturedLog();
    private static final TraceCollector COLLECTOR = new TraceCollector();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().variable("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.endpoint())
                .variable("OTEL_BSP_SCHEDULE_DELAY", "20").variable("OTEL_SERVICE_NAME", "edge").settings("""
                clients: { keys: [ { name: alice, key: the-secret-of-alice }, { name: small, key: the-secret-of-small, tpm: 5 } ] }
                instances:
                  - { name: full, priority: 1, provider_type: generic, api_key: k, api_base: "%s", supported_models: [tiny], max_tpm: 1 }
                  - { name: east, priority: 1, provider_type: generic, api_key: the-secret-of-east, api_base: "%s" }
                  - { name: west, priority: 2, provider_type: generic, api_key: the-secret-of-west, api_base: "%s" }
                """.formatted(WEST.uri(), EAST.uri(), WEST.uri())).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        EAST.close();
        WEST.close();
        COLLECTOR.close();
        LOG.close();
    }

    private static HttpResponse<String> chat(String id, String key, String more, String... headers) {
        String[] all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        System.arraycopy(new String[] {"Authorization", "Bearer the-secret-of-" + key, "x-request-id", id}, 0, all, 0, 4);
        return gateway.post("/v1/chat/completions", "{" + more + "\"model\":\"gpt-4o\",\"max_tokens\":64,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"the-secret-prompt\"}]}", all);
    }

    private static RecordedRequest last(ScriptedUpstream upstream) {
        List<RecordedRequest> requests = upstream.requests();
        return requests.get(requests.size() - 1);
    }

    @Test
    void shouldContinueTheTraceOfTheClientThroughToTheUpstream() {
        EAST.enqueue(Reply.json(200, CHAT));
        HttpResponse<String> response = chat("chat", "alice", "\"temperature\":0.5,\"top_p\":1,", "traceparent", "00-" + TRACE + "-" + CALLER + "-01", "tracestate", "vendor=1",
                "baggage", "tenant=blue");
        assertThat(response.statusCode()).isEqualTo(200);

        List<Span> spans = COLLECTOR.awaitTrace("chat");
        assertThat(spans).extracting(Span::getName).containsExactly("POST /v1/chat/completions", "chat gpt-4o");
        Span request = spans.get(0);
        Span attempt = spans.get(1);
        assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
        assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
        assertThat(attempt.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attempt.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(request)).containsEntry("http.request.method", "POST").containsEntry("http.response.status_code", "200")
                .containsEntry("url.path", "/v1/chat/completions").containsEntry("gateway.client", "alice").containsEntry("gateway.instance", "east")
                .containsEntry("gateway.attempts", "1").containsEntry("gen_ai.request.model", "gpt-4o").doesNotContainKey("error.type");
        assertThat(attributes(attempt)).containsEntry("gen_ai.operation.name", "chat").containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o").containsEntry("gen_ai.request.max_tokens", "64")
                .containsEntry("gen_ai.request.temperature", "0.5").containsEntry("gen_ai.request.top_p", "1.0").containsEntry("gateway.client", "alice")
                .containsEntry("server.address", "127.0.0.1").containsEntry("server.port", String.valueOf(EAST.port()))
                .containsEntry("gen_ai.usage.input_tokens", "11").containsEntry("gen_ai.usage.output_tokens", "7")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "5").containsEntry("gen_ai.usage.reasoning.output_tokens", "3")
                .containsEntry("gen_ai.response.finish_reasons", "[stop]").containsEntry("gen_ai.response.id", "c1")
                .containsEntry("gen_ai.response.model", "gpt-4o-2024")
                .doesNotContainKeys("error.type", "gen_ai.request.stream", "gen_ai.response.time_to_first_chunk");

        RecordedRequest sent = last(EAST);
        assertThat(sent.header("traceparent")).isEqualTo("00-" + TRACE + "-" + hex(attempt.getSpanId()) + "-01");
        assertThat(sent.header("tracestate")).isEqualTo("vendor=1");
        assertThat(sent.header("baggage")).isEqualTo("tenant=blue");
        assertThat(response.headers().firstValue("x-trace-id")).hasValue(TRACE);
        Eventually.holds("the access line names the trace", () -> !LOG.linesWith("trace_id=" + TRACE).isEmpty());
    }

    @Test
    void shouldEndTheSpanOfAStreamAtTheEndOfTheStream() {
        Gate gate = new Gate();
        EAST.enqueue(Reply.chatStream("the-secret-one", "the-secret-two").gated(gate));
        gate.release();
        try (RawClient client = raw("stream", "\"stream\":true,")) {
            client.head();
            client.event();
            assertThat(COLLECTOR.spans()).noneMatch(span -> "stream".equals(attributes(span).get("gateway.request_id")));
            gate.open();
            assertThat(client.response().text()).contains("[DONE]");
        }

        Span attempt = COLLECTOR.awaitTrace("stream").get(1);
        assertThat(attributes(attempt)).containsEntry("gen_ai.request.stream", "true").containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsKeys("gen_ai.usage.input_tokens", "gen_ai.response.id", "gen_ai.response.model");
        double first = Double.parseDouble(attributes(attempt).get("gen_ai.response.time_to_first_chunk"));
        assertThat(first).isPositive().isLessThanOrEqualTo((attempt.getEndTimeUnixNano() - attempt.getStartTimeUnixNano()) / 1e9);
    }

    @Test
    void shouldShowBothAttemptsOfAFailover() {
        EAST.enqueue(Reply.error(500, "boom", "the-secret-error"));
        assertThat(chat("failover", "alice", "").statusCode()).isEqualTo(200);

        List<Span> spans = COLLECTOR.awaitTrace("failover");
        assertThat(spans).hasSize(3).extracting(span -> attributes(span).get("gateway.instance")).containsExactly("west", "east", "west");
        assertThat(spans).extracting(span -> span.getStatus().getCode())
                .containsExactly(StatusCode.STATUS_CODE_UNSET, StatusCode.STATUS_CODE_ERROR, StatusCode.STATUS_CODE_UNSET);
        assertThat(attributes(spans.get(1))).containsEntry("error.type", "server_error").containsEntry("gateway.reason", "responded with an error").containsEntry("http.response.status_code", "500")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "http.request.resend_count");
        assertThat(attributes(spans.get(2))).containsEntry("http.request.resend_count", "1").containsEntry("gateway.attempt", "2");
        assertThat(last(WEST).header("traceparent")).contains(hex(spans.get(2).getSpanId()));
    }

    @Test
    void shouldTellTheWaitThatAnUpstreamRequests() {
        EAST.enqueue(Reply.rateLimited("retry-after-ms", "2"));
        assertThat(chat("limited", "alice", "").statusCode()).isEqualTo(200);

        assertThat(attributes(COLLECTOR.awaitTrace("limited").get(1))).containsEntry("gateway.wait_ms", "2").containsEntry("error.type", "rate_limited")
                .containsEntry("http.response.status_code", "429");
    }

    @Test
    void shouldHaveNoSpanOfAnAttemptIfTheLimiterRefuses() {
        HttpResponse<String> response = chat("refused", "small", "");
        assertThat(response.statusCode()).isEqualTo(429);

        List<Span> spans = COLLECTOR.awaitTrace("refused");
        assertThat(spans).hasSize(1);
        assertThat(response.headers().firstValue("x-trace-id")).hasValue(hex(spans.get(0).getTraceId()));
        assertThat(attributes(spans.get(0))).containsEntry("http.response.status_code", "429").containsEntry("gateway.client", "small")
                .containsKey("error.type");
        assertThat(spans.get(0).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void shouldHaveNoSpanOfAnAttemptThatCallsNoUpstream() {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "Authorization", "Bearer the-secret-of-alice", "x-request-id", "no-room");

        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
        assertThat(COLLECTOR.awaitTrace("no-room")).extracting(Span::getName).containsExactly("POST /v1/chat/completions", "chat tiny");
    }

    @Test
    void shouldShowThatTheClientLeft() {
        Gate gate = new Gate();
        EAST.enqueue(Reply.chatStream("the-secret-one", "the-secret-two").gated(gate));
        gate.release();
        try (RawClient client = raw("gone", "\"stream\":true,")) {
            client.head();
            client.event();
        }
        List<Span> spans = COLLECTOR.awaitTrace("gone");
        gate.open();

        assertThat(spans).hasSize(2).allSatisfy(span -> assertThat(attributes(span)).containsEntry("error.type", "client_gone"));
        assertThat(attributes(spans.get(0))).containsEntry("http.response.status_code", "499");
    }

    @Test
    void shouldExportNothingOfATraceThatTheClientDoesNotSample() {
        String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
        EAST.enqueue(Reply.chat("Hi"));
        assertThat(chat("unsampled", "alice", "", "traceparent", "00-" + trace + "-" + CALLER + "-00").statusCode()).isEqualTo(200);
        RecordedRequest sent = last(EAST);
        assertThat(chat("after-unsampled", "alice", "").statusCode()).isEqualTo(200);
        COLLECTOR.awaitTrace("after-unsampled");

        assertThat(sent.header("traceparent")).startsWith("00-" + trace + "-").endsWith("-00");
        assertThat(COLLECTOR.spans()).noneMatch(span -> hex(span.getTraceId()).equals(trace));
    }

    @Test
    void shouldBeginATraceIfTheClientsIsMalformed() {
        EAST.enqueue(Reply.chat("Hi"));
        assertThat(chat("malformed", "alice", "", "traceparent", "00-xyz-1-01", "tracestate", "vendor=1").statusCode()).isEqualTo(200);

        List<Span> spans = COLLECTOR.awaitTrace("malformed");
        assertThat(spans).hasSize(2);
        assertThat(spans.get(0).getParentSpanId().isEmpty()).isTrue();
        assertThat(last(EAST).header("traceparent")).matches("00-" + hex(spans.get(0).getTraceId()) + "-" + hex(spans.get(1).getSpanId()) + "-0[13]");
        assertThat(last(EAST).header("tracestate")).isNull();
    }

    @Test
    void shouldNameTheServiceAndShowNeitherContentNorKeys() {
        EAST.enqueue(Reply.error(400, "bad", "the-secret-refusal"));
        assertThat(chat("content", "alice", "").statusCode()).isEqualTo(400);
        COLLECTOR.awaitTrace("content");

        assertThat(COLLECTOR.exports()).allSatisfy(export -> {
            assertThat(export.toString()).doesNotContain(CONTENT);
            assertThat(export.getResource().getAttributesList()).anyMatch(
                    attribute -> attribute.getKey().equals("service.name") && attribute.getValue().getStringValue().equals("edge"));
        });
        assertThat(COLLECTOR.server().requests()).allSatisfy(request -> assertThat(request.path()).isEqualTo("/v1/traces"));
    }

    private static RawClient raw(String id, String more) {
        String body = "{" + more + "\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"the-secret-prompt\"}]}";
        return RawClient.connect(gateway.port()).request("POST", "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8),
                "Authorization: Bearer the-secret-of-alice", "x-request-id: " + id);
    }
}
