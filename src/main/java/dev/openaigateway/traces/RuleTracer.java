package dev.openaigateway.traces;

import org.apache.camel.Exchange;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** Camel's tracer, without spans of steps outside a route that has one: the gateway's own routes have none, nor have those of events. */
final class RuleTracer extends OpenTelemetryTracer {

    /** Where Camel keeps the running span. */
    private static final String ACTIVE = "tracing.activeSpan";

    @Override
    protected void beginProcessorSpan(Exchange exchange, String step) throws Exception {
        if (exchange.getProperty(ACTIVE) != null) {
            super.beginProcessorSpan(exchange, step);
        }
    }

    @Override
    protected void endProcessorSpan(Exchange exchange, String step) throws Exception {
        if (exchange.getProperty(ACTIVE) != null) {
            super.endProcessorSpan(exchange, step);
        }
    }
}
