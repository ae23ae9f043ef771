package dev.openaigateway.traces;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.TracesSettings.ClientContext;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import io.opentelemetry.api.trace.Tracer;

import java.util.function.Function;

/** Gives each call and each of its attempts a span. Thread-safe. */
final class SpanListener implements CallListener {

    private final Tracer tracer;
    private final TraceHeaders headers;
    private final ClientContext ofClients;
    private final Function<InstanceSettings, String> providers;

    /** @param providers maps an instance to its provider's name in the conventions, such as {@code azure.ai.openai} */
    SpanListener(Tracer tracer, TraceHeaders headers, ClientContext ofClients, Function<InstanceSettings, String> providers) {
        this.tracer = tracer;
        this.headers = headers;
        this.ofClients = ofClients;
        this.providers = providers;
    }

    @Override
    public void accepted(Call call) {
        call.label(call.labels().tracedAs(of(call).traceId()));
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        attempt.observe(new AttemptSpan(attempt, providers.apply(attempt.instance().settings()), of(attempt.call()), tracer, headers));
    }

    @Override
    public void attemptEnded(Attempt attempt) {
        if (attempt.observer() instanceof AttemptSpan span) {
            span.end();
        }
    }

    @Override
    public void completed(Call call) {
        of(call).end(call);
    }

    private RequestSpan of(Call call) {
        return call.attachment(RequestSpan.class, any -> RequestSpan.start(call, tracer, headers, ofClients));
    }
}
