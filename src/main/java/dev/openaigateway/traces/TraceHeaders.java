package dev.openaigateway.traces;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Takes the context of a trace from the headers of a message, and puts it there. Thread-safe. */
record TraceHeaders(TextMapPropagator propagator) {

    private static final String STATE = "tracestate";

    private static final TextMapGetter<Map<String, Object>> GETTER = new TextMapGetter<>() {

        @Override
        @Deprecated
        public Iterable<String> keys(Map<String, Object> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, Object> headers, String name) {
            Object value = headers == null ? null : headers.get(name);
            return value instanceof List<?> several ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : value == null ? null : value.toString();
        }
    };

    /** A header that is not valid counts as absent. */
    Context take(Map<String, Object> headers) {
        return propagator.extract(Context.root(), headers, GETTER);
    }

    /** Replaces the context that the headers have. */
    void put(Context context, Map<String, Object> headers) {
        headers.remove(STATE);
        propagator.inject(context, headers, Map::put);
    }

    /** Sets the context, as {@link dev.openaigateway.call.UpstreamObserver#sending} does it. */
    void put(Context context, BiConsumer<String, String> header) {
        propagator.inject(context, header, BiConsumer::accept);
    }
}
