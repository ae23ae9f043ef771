package dev.openaigateway.traces;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TraceCollector;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static dev.openaigateway.support.TraceCollector.attributes;
import static dev.openaigateway.support.TraceCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

/** Spans of Camel's tracer, for rules, in the trace of the request. */
@GatewayTest
class CamelSpansTest {

    private static final ScriptedUpstream EAST = ScriptedUpstream.start();
    private static final ScriptedUpstream SERVICE = ScriptedUpstream.start();
    private static final TraceCollector COLLECTOR = new TraceCollector();
    private static final CapturedLog LOG = new CapturedLog();
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        GatewayFolder folder = GatewayFolder.copy().write("routes/routing.camel.yaml", """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - setProperty: { id: keep, name: kept, simple: "${body}" }
                        - log: { id: tell, message: "asked ${body}" }
                        - to: { id: ask, uri: "http://127.0.0.1:%d/policy?key=the-secret-key" }
                        - setBody: { id: back, simple: "${exchangeProperty.kept}" }
                        - filter:
                            simple: "${header.x-rule} == 'fail'"
                            steps:
                              - throwException: { exceptionType: java.lang.IllegalStateException, message: "${body}" }
                        - to: { id: help, uri: "direct:helper" }
                - route:
                    id: helper
                    from:
                      uri: direct:helper
                      steps:
                        - to: { id: serve, uri: "instance:*" }
                """.formatted(SERVICE.port()));
        gateway = TestGateway.builder().folder(folder.path()).variable("OTEL_BSP_SCHEDULE_DELAY", "20").settings("""
                traces: { endpoint: "%s/", detail: steps }
                clients: { keys: [ { name: alice, key: the-secret-of-alice } ] }
                instances: [ { name: east, provider_type: generic, api_key: the-secret-of-east, api_base: "%s" } ]
                """.formatted(COLLECTOR.endpoint(), EAST.uri())).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        EAST.close();
        SERVICE.close();
        COLLECTOR.close();
        LOG.close();
    }

    private static int chat(String id, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 4);
        System.arraycopy(new String[] {"Authorization", "Bearer the-secret-of-alice", "x-request-id", id}, 0, all, headers.length, 4);
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"the-secret-prompt\"}]}";
        return gateway.post("/v1/chat/completions", body, all).statusCode();
    }

    @Test
    void shouldNestTheSpansOfRoutesAndStepsBetweenRequestAndAttempt() {
        EAST.enqueue(Reply.chat("the-secret-answer"));
        assertThat(chat("nested")).isEqualTo(200);

        List<Span> spans = COLLECTOR.awaitTrace("nested");
        Map<String, Span> byId = spans.stream().collect(Collectors.toMap(span -> hex(span.getSpanId()), span -> span));
        Span attempt = spans.stream().filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT).findFirst().orElseThrow();
        StringBuilder way = new StringBuilder();
        for (Span span = attempt; span != null; span = byId.get(hex(span.getParentSpanId()))) {
            way.insert(0, " > " + span.getName());
        }
        assertThat(way).hasToString(" > POST /v1/chat/completions > routing > routing > help-to > helper > helper > serve-to > instance > chat gpt-4o");
        assertThat(spans).filteredOn(span -> hex(span.getParentSpanId()).isEmpty() || !byId.containsKey(hex(span.getParentSpanId()))).hasSize(1);
        assertThat(spans).extracting(Span::getName).contains("tell-log", "ask-to", "back-setBody");
        assertThat(spans).anySatisfy(span -> assertThat(attributes(span)).containsEntry("camel.uri", "http://127.0.0.1:" + SERVICE.port() + "/policy"));
        assertThat(SERVICE.requests()).anySatisfy(asked -> assertThat(asked.header("traceparent")).contains(hex(attempt.getTraceId())));
        assertThat(EAST.requests().get(0).header("traceparent")).contains(hex(attempt.getSpanId()));
    }

    @Test
    void shouldEndTheSpansOfARuleThatFailsAndShowNeitherContentNorKeys() {
        assertThat(chat("failing", "x-rule", "fail")).isEqualTo(500);

        List<Span> spans = COLLECTOR.awaitTrace("failing");
        assertThat(spans).extracting(Span::getName).contains("routing").noneMatch(name -> name.startsWith("chat "));
        assertThat(spans.get(0).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(spans).allSatisfy(span -> assertThat(span.toString()).doesNotContain("the-secret"));
        assertThat(LOG.linesWith("racing")).isEmpty();
        assertThat(LOG.linesWith("Tracer")).isEmpty();
    }

    @Test
    void shouldStillExplainTheRules() {
        String explained = gateway.post("/admin/route", "{\"model\":\"gpt-4o\"}").body();

        assertThat(explained).as(explained).contains("\"east\"").contains("/policy").doesNotContain("cannot");
    }
}
