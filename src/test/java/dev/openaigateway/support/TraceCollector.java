package dev.openaigateway.support;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A collector of spans: receives OTLP over HTTP on a loopback port. Thread-safe. */
public final class TraceCollector implements AutoCloseable {

    private static final HttpReply ACCEPTED = Reply.body(200, "application/x-protobuf", new byte[0]);

    private final ScriptedUpstream server = ScriptedUpstream.start().respond(ACCEPTED);

    /** For {@code traces.endpoint}. */
    public String endpoint() {
        return server.uri();
    }

    /** The server, to respond otherwise or to see the requests. */
    public ScriptedUpstream server() {
        return server;
    }

    /** All exports so far. */
    public List<ResourceSpans> exports() {
        return server.requests().stream().flatMap(request -> decoded(request.body())).toList();
    }

    /** The spans so far, in the order of their starts. */
    public List<Span> spans() {
        return exports().stream().flatMap(export -> export.getScopeSpansList().stream()).flatMap(scope -> scope.getSpansList().stream())
                .sorted((one, other) -> Long.compareUnsigned(one.getStartTimeUnixNano(), other.getStartTimeUnixNano())).toList();
    }

    /** Waits until the SERVER span of the request has come, and returns it with all spans of its trace, in the order of their starts. */
    public List<Span> awaitTrace(String requestId) {
        Eventually.holds("the span of " + requestId, () -> spans().stream().anyMatch(span -> isOf(requestId, span)));
        List<Span> spans = spans();
        Span request = spans.stream().filter(span -> isOf(requestId, span)).findFirst().orElseThrow();
        return spans.stream().filter(span -> span.getTraceId().equals(request.getTraceId())).toList();
    }

    private static boolean isOf(String requestId, Span span) {
        return span.getKind() == Span.SpanKind.SPAN_KIND_SERVER && requestId.equals(attributes(span).get("gateway.request_id"));
    }

    /** The attributes by name, as text. */
    public static Map<String, String> attributes(Span span) {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            attributes.put(attribute.getKey(), text(attribute.getValue()));
        }
        return attributes;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(TraceCollector::text).toList().toString();
            default -> value.getStringValue();
        };
    }

    /** In lower case. */
    public static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Stream<ResourceSpans> decoded(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("An export is not OTLP.", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
