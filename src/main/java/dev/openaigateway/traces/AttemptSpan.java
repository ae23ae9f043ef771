package dev.openaigateway.traces;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLog;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.UpstreamObserver;
import dev.openaigateway.json.JsonMember;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.stats.GenAiOperation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/** The CLIENT span of one attempt. It begins when the request is sent: an attempt that calls no upstream has none. For one thread. */
final class AttemptSpan implements UpstreamObserver {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptSpan.class);
    private static final double NANOS = 1e9;
    private static final Map<String, AttributeKey<Double>> SAMPLING = Map.of("temperature", SpanAttributes.TEMPERATURE, "top_p", SpanAttributes.TOP_P);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    /** The status of a response that broke: its head has been sent on. */
    private static final int BEGUN = 200;

    private final Attempt attempt;
    private final String provider;
    private final RequestSpan request;
    private final Tracer tracer;
    private final TraceHeaders headers;
    private final Context parent;
    private final ResponseFacts facts = new ResponseFacts();
    private Span span = Span.getInvalid();
    private long sentNanos;

    /** To be created before the headers of the exchange are replaced by those of the call. */
    AttemptSpan(Attempt attempt, String provider, RequestSpan request, Tracer tracer, TraceHeaders headers) {
        this.attempt = attempt;
        this.provider = provider;
        this.request = request;
        this.tracer = tracer;
        this.headers = headers;
        this.parent = request.inside(headers.take(attempt.call().exchange().getMessage().getHeaders()));
    }

    @Override
    public void sending(String method, String url, BiConsumer<String, String> header) {
        try {
            span = start(method, URI.create(url));
            sentNanos = System.nanoTime();
            headers.put(parent.with(span), header);
        } catch (RuntimeException e) {
            CallLog.about(attempt.call(), LOG.atError()).setCause(e).log("An attempt is not traced");
        }
    }

    private Span start(String method, URI url) {
        ModelRequest asked = attempt.request();
        String operation = GenAiOperation.nameOf(asked.operation().path());
        String model = SpanAttributes.bounded(asked.model());
        SpanBuilder builder = tracer.spanBuilder(model == null ? operation : operation + " " + model)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SpanAttributes.OPERATION, operation)
                .setAttribute(SpanAttributes.PROVIDER, provider)
                .setAttribute(SpanAttributes.METHOD, method)
                .setAttribute(SpanAttributes.INSTANCE, attempt.instance().name())
                .setAttribute(SpanAttributes.ATTEMPT, attempt.call().result().attempts().size() + 1L);
        int before = request.countSent();
        if (before > 0) {
            builder.setAttribute(SpanAttributes.RESEND_COUNT, (long) before);
        }
        if (url.getHost() != null) {
            int standard = "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
            builder.setAttribute(SpanAttributes.SERVER_ADDRESS, url.getHost())
                    .setAttribute(SpanAttributes.SERVER_PORT, (long) (url.getPort() < 0 ? standard : url.getPort()));
        }
        Span started = builder.startSpan();
        if (started.isRecording()) {
            describe(started, asked, model);
        }
        return started;
    }

    private void describe(Span started, ModelRequest asked, String model) {
        set(started, SpanAttributes.REQUEST_MODEL, model);
        set(started, SpanAttributes.CLIENT, attempt.call().clientName());
        set(started, SpanAttributes.CONVERSATION, attempt.call().labels().session());
        if (asked.stream()) {
            started.setAttribute(SpanAttributes.STREAM, true);
        }
        if (asked.body() instanceof JsonBody json) {
            if (json.maxTokens() > 0) {
                started.setAttribute(SpanAttributes.MAX_TOKENS, json.maxTokens());
            }
            if (json.choices() > 1) {
                started.setAttribute(SpanAttributes.CHOICE_COUNT, json.choices());
            }
            JsonMember.numbers(json.bytes(), SAMPLING.keySet()).forEach((name, value) -> started.setAttribute(SAMPLING.get(name), value));
        }
    }

    @Override
    public void responded(byte[] body) {
        if (span.isRecording()) {
            facts.read(body);
        }
    }

    @Override
    public void streamed(byte[] data) {
        if (span.isRecording()) {
            facts.read(data);
        }
    }

    /** The attempt has ended. */
    void end() {
        if (span.isRecording()) {
            describe(attempt.outcome(), attempt.call());
        }
        span.end();
    }

    private void describe(Outcome outcome, Call call) {
        long status = outcome instanceof Outcome.BrokenOff ? BEGUN : outcome.status();
        if (status > 0) {
            span.setAttribute(SpanAttributes.STATUS, status);
        }
        if (!(outcome instanceof Outcome.Succeeded)) {
            FailureReason reason = outcome.reason();
            span.setAttribute(SpanAttributes.ERROR_TYPE, reason == null ? outcome.kind() : reason.kind());
            set(span, SpanAttributes.REASON, reason == null ? null : reason.text());
            set(SpanAttributes.WAIT, outcome instanceof Outcome.Failed failed && failed.retryAfter() != null ? failed.retryAfter().toMillis() : 0);
            span.setStatus(StatusCode.ERROR);
        }
        set(span, SpanAttributes.RESPONSE_ID, SpanAttributes.bounded(facts.id()));
        set(span, SpanAttributes.RESPONSE_MODEL, SpanAttributes.bounded(facts.model()));
        if (!facts.finishReasons().isEmpty()) {
            span.setAttribute(SpanAttributes.FINISH_REASONS, facts.finishReasons());
        }
        if (attempt.isBilled()) {
            describeResponse(call);
        }
    }

    private void describeResponse(Call call) {
        set(span, SpanAttributes.UPSTREAM_REQUEST_ID, call.result().relayedHeaders().requestId());
        Usage usage = call.result().usage();
        if (usage != null) {
            span.setAttribute(SpanAttributes.INPUT_TOKENS, usage.promptTokens());
            span.setAttribute(SpanAttributes.OUTPUT_TOKENS, usage.completionTokens());
            describeParts(usage.details());
        }
        Duration first = call.result().timeToFirstToken();
        if (first != null && attempt.request().stream()) {
            span.setAttribute(SpanAttributes.TIME_TO_FIRST_CHUNK, Math.max(0, call.arrivedNanos() + first.toNanos() - sentNanos) / NANOS);
        }
    }

    private void describeParts(UsageDetails parts) {
        set(SpanAttributes.CACHE_READ_TOKENS, parts.cached());
        set(SpanAttributes.CACHE_CREATION_TOKENS, parts.cacheWrite());
        set(SpanAttributes.REASONING_TOKENS, parts.reasoning());
        set(SpanAttributes.AUDIO_INPUT_TOKENS, parts.audioInput());
        set(SpanAttributes.IMAGE_INPUT_TOKENS, parts.imageInput());
    }

    private void set(AttributeKey<Long> key, long count) {
        if (count > 0) {
            span.setAttribute(key, count);
        }
    }

    private static void set(Span span, AttributeKey<String> key, String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }
}
