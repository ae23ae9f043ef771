package dev.openaigateway.app;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.traces.Traces;
import org.apache.camel.CamelContext;

import java.util.List;
import java.util.Optional;

/** Starts traces if they are on. If they are off, no class of OpenTelemetry is loaded (benchmark row "start to first response"). */
record TraceWiring(CamelContext context, Environment environment, Providers providers) {

    private static final String OFF = "none";

    /** The listener that traces calls; none if traces are off. */
    List<CallListener> start(Settings settings) throws InvalidSettingsException {
        if (settings.traces().endpoint().isEmpty() || isDisabled()) {
            return List.of();
        }
        Traces traces = Traces.start(context, settings.traces(), environment, instance -> providers.of(instance).telemetryName());
        Lifecycle.addServices(context, List.of(traces));
        return List.of(traces.listener());
    }

    /** OpenTelemetry's own switches. */
    private boolean isDisabled() {
        return environment.variable("OTEL_SDK_DISABLED").filter("true"::equalsIgnoreCase).isPresent()
                || environment.variable("OTEL_TRACES_EXPORTER").equals(Optional.of(OFF));
    }
}
