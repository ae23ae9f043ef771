package dev.openaigateway.traces;

import dev.openaigateway.call.rule.GatewayEndpoints;
import io.opentelemetry.api.OpenTelemetry;
import org.apache.camel.CamelContext;

/** The spans of Camel's own tracer, for the routes and steps of the rules. They are inside the span of the request. */
final class CamelSpans {

    /** Steps that get no span: those of the gateway itself, and those for which the gateway makes a span. */
    private static final String EXCLUDED = String.join(",", "platform-http*", GatewayEndpoints.ENTRY, GatewayEndpoints.ofInstance("*"),
            "upstream:*", "gateway-*", "instance-*");

    private CamelSpans() {
    }

    /** Also serves a tracer that {@code camel.opentelemetry2} options switch on, which looks for these beans. */
    static void bind(CamelContext context, OpenTelemetry telemetry) {
        context.getRegistry().bind("openTelemetryTracer", telemetry.getTracer(CamelSpan.SCOPE));
        context.getRegistry().bind("openTelemetryPropagators", telemetry.getPropagators());
    }

    /** @param steps whether each step has a span, and not only each route and each call */
    static void start(CamelContext context, boolean steps) {
        RuleTracer tracer = new RuleTracer();
        tracer.setTraceProcessors(steps);
        tracer.setExcludePatterns(EXCLUDED);
        tracer.init(context);
    }
}
