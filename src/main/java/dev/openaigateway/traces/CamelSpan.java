package dev.openaigateway.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;

import java.util.List;
import java.util.Set;

/**
 * A span that Camel has made for a route or a step. What may hold content or keys is left out: events, which have the text of
 * {@code log} steps and of exceptions, the queries of addresses, statements of databases.
 */
final class CamelSpan extends DelegatingSpanData {

    /** The instrumentation scope of Camel's spans. */
    static final String SCOPE = "camel";

    private static final AttributeKey<String> URI = AttributeKey.stringKey("camel.uri");
    private static final Set<String> KEPT = Set.of("component", "exchangeId", "op", "error", "http.method", "http.status_code", "url.scheme");

    private final Attributes attributes;

    private CamelSpan(SpanData span) {
        super(span);
        AttributesBuilder kept = span.getAttributes().toBuilder().removeIf(key -> !KEPT.contains(key.getKey()));
        String uri = span.getAttributes().get(URI);
        attributes = uri == null ? kept.build() : kept.put(URI, withoutQueryAndUser(uri)).build();
    }

    /** The same span, unless it is Camel's. */
    static SpanData filtered(SpanData span) {
        return span.getInstrumentationScopeInfo().getName().equals(SCOPE) ? new CamelSpan(span) : span;
    }

    private static String withoutQueryAndUser(String uri) {
        return uri.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }
}
