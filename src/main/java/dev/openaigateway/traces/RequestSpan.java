package dev.openaigateway.traces;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallResult;
import dev.openaigateway.config.TracesSettings.ClientContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.util.concurrent.atomic.AtomicInteger;

/** The SERVER span of one call, from its arrival to the end of its response. Thread-safe. */
final class RequestSpan {

    private static final String NO_METHOD = "HTTP";

    private final Context context;
    private final Span span;
    private final AtomicInteger sent = new AtomicInteger();

    private RequestSpan(Context context, Span span) {
        this.context = context;
        this.span = span;
    }

    /** Starts the span. The headers of the exchange get its context in place of the client's. */
    static RequestSpan start(Call call, Tracer tracer, TraceHeaders headers, ClientContext ofClients) {
        Message message = call.exchange().getMessage();
        Context received = headers.take(message.getHeaders());
        SpanContext client = Span.fromContext(received).getSpanContext();
        Object method = message.getHeader(Exchange.HTTP_METHOD);
        String verb = method == null ? NO_METHOD : method.toString();
        SpanBuilder builder = tracer.spanBuilder(call.labels().operationPath() == null ? verb : verb + " /v1/" + call.labels().operationPath())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(SpanAttributes.METHOD, verb)
                .setAttribute(SpanAttributes.REQUEST_ID, call.requestId());
        if (ofClients == ClientContext.PARENT) {
            builder.setParent(received);
        } else {
            builder.setNoParent();
            if (client.isValid()) {
                builder.addLink(client);
            }
        }
        if (message.getHeader(Exchange.HTTP_PATH) instanceof String path) {
            builder.setAttribute(SpanAttributes.PATH, path);
        }
        Span span = builder.startSpan();
        Context context = received.with(span);
        headers.put(context, message.getHeaders());
        return new RequestSpan(context, span);
    }

    String traceId() {
        return span.getSpanContext().getTraceId();
    }

    /**
     * The parent of what happens inside the request at this moment: the span that Camel has put into the headers, or this one if
     * they have none of this trace.
     */
    Context inside(Context ofHeaders) {
        return Span.fromContext(ofHeaders).getSpanContext().getTraceId().equals(traceId()) ? ofHeaders : context;
    }

    /** Counts a request to an upstream. Returns how many there were before. */
    int countSent() {
        return sent.getAndIncrement();
    }

    void end(Call call) {
        if (span.isRecording()) {
            describe(call, call.result());
        }
        span.end();
    }

    private void describe(Call call, CallResult result) {
        span.setAttribute(SpanAttributes.STATUS, (long) result.status());
        span.setAttribute(SpanAttributes.ATTEMPTS, (long) result.attempts().size());
        set(SpanAttributes.CLIENT, call.clientName());
        set(SpanAttributes.RULE, result.rule());
        set(SpanAttributes.INSTANCE, result.instance());
        set(SpanAttributes.REQUEST_MODEL, SpanAttributes.bounded(call.received().requestedModel()));
        if (result.errorCode() != null || result.status() >= 400) {
            set(SpanAttributes.ERROR_TYPE, result.errorCode() == null ? String.valueOf(result.status()) : result.errorCode());
            boolean byClient = result.status() >= 400 && result.status() < 500;
            span.setStatus(byClient ? StatusCode.UNSET : StatusCode.ERROR);
        }
    }

    private void set(AttributeKey<String> key, String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }
}
