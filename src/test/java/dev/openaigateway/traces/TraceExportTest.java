package dev.openaigateway.traces;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TraceCollector;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.support.TraceCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A collector that refuses spans, settings of the SDK, and clients whose trace is not continued. */
@GatewayTest
class TraceExportTest {

    private static final String CLIENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final String NOWHERE = "http://127.0.0.1:9";

    private static String settings(String endpoint, String upstream) {
        return """
                traces: { endpoint: "%s", client_context: link }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s", drop_headers: [tracestate] } ]
                """.formatted(endpoint, upstream);
    }

    @Test
    void shouldReportOnceThatExportsFailAndServeAllTheSame() {
        try (CapturedLog log = new CapturedLog(); TraceCollector collector = new TraceCollector(); ScriptedUpstream east = ScriptedUpstream.start()) {
            collector.server().enqueue(Reply.error(400, "no"), Reply.error(400, "no"));
            try (TestGateway gateway = TestGateway.builder().variable("OTEL_BSP_SCHEDULE_DELAY", "20")
                    .settings(settings(collector.endpoint(), east.uri())).start()) {
                for (int exports = 1; exports <= 2; exports++) {
                    assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
                    collector.server().awaitRequests(exports);
                }
                assertThat(gateway.chat("gpt-4o", "x-request-id", "linked", "traceparent", CLIENT, "tracestate", "a=b").statusCode()).isEqualTo(200);
                Eventually.holds("exports succeed", () -> !log.linesWith("Spans are exported again").isEmpty());

                assertThat(log.linesWith("Spans cannot be exported")).singleElement().asString()
                        .contains("status 400").doesNotContain(CapturedLog.STACK_TRACE);
                assertIsLinked(collector.awaitTrace("linked"), east);
            }
        }
    }

    private static void assertIsLinked(List<Span> spans, ScriptedUpstream upstream) {
        assertThat(spans).hasSize(2);
        assertThat(spans.get(0).getParentSpanId().isEmpty()).isTrue();
        assertThat(spans.get(0).getLinksList()).singleElement().satisfies(link -> assertThat(CLIENT).contains(hex(link.getTraceId()), hex(link.getSpanId())));
        RecordedRequest sent = upstream.requests().get(2);
        assertThat(sent.header("traceparent")).contains(hex(spans.get(0).getTraceId()), hex(spans.get(1).getSpanId()));
        assertThat(sent.header("tracestate")).isNull();
    }

    @Test
    void shouldNotStartWithAWrongVariableOfTheSdk() {
        TestGateway.Builder grpc = TestGateway.builder().variable("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc").settings(settings(NOWHERE, NOWHERE));
        TestGateway.Builder sampler = TestGateway.builder().variable("OTEL_TRACES_SAMPLER", "sometimes").settings(settings(NOWHERE, NOWHERE));

        assertThatThrownBy(grpc::start).hasMessageContaining("otel.exporter.otlp.protocol=grpc must be http/protobuf");
        assertThatThrownBy(sampler::start).hasMessageContaining("otel.traces.sampler").hasMessageContaining("sometimes");
    }

    @ParameterizedTest
    @CsvSource({"OTEL_TRACES_SAMPLER_ARG, 10", "OTEL_EXPORTER_OTLP_COMPRESSION, zip", "OTEL_BSP_MAX_QUEUE_SIZE, many", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE, -1",
        "OTEL_TRACES_SAMPLER, sometimes", "OTEL_EXPORTER_OTLP_PROTOCOL, grpc", "OTEL_SDK_DISABLED, ja", "OTEL_EXPORTER_OTLP_TIMEOUT, 5x"})
    void shouldNameTheWrongVariableInACheck(String variable, String value, @TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("routes")).resolve("instances.yaml"), settings(NOWHERE, NOWHERE));
        Map<String, String> variables = new HashMap<>(Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_SERVICE_NAME", "edge"));
        variables.put(variable, value);

        assertThat(new CheckCommand(folder, variables).problems()).singleElement().asString().startsWith("environment: " + variable + " \"" + value + "\" ")
                .doesNotContain("Unexpected");
    }

    @Test
    void shouldNotQuoteHeadersOfTheCollector(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("routes")).resolve("instances.yaml"), settings(NOWHERE, NOWHERE));

        assertThat(new CheckCommand(folder, Map.of("OTEL_EXPORTER_OTLP_HEADERS", "the-secret")).problems())
                .containsExactly("environment: OTEL_EXPORTER_OTLP_HEADERS must be pairs name=value, separated by commas");
    }

    @Test
    void shouldWarnOfThePortForGrpc() {
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.start(settings("http://127.0.0.1:4317", NOWHERE))) {
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(log.linesWith("port 4317")).singleElement().asString().contains("4318");
        }
    }

    @Test
    void shouldPassTheContextOfTheClientOnWhileTracesAreOff() {
        try (ScriptedUpstream east = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.builder().variable("OTEL_SDK_DISABLED", "true").settings(settings(NOWHERE, east.uri())).start()) {
            assertThat(gateway.chat("gpt-4o", "traceparent", CLIENT).headers().map()).doesNotContainKey("x-trace-id");

            assertThat(east.requests().get(0).header("traceparent")).isEqualTo(CLIENT);
        }
    }
}
