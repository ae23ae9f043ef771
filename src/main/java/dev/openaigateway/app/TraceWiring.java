package dev.openaigateway.app;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.traces.TraceSwitch;
import dev.openaigateway.traces.Traces;
import org.apache.camel.CamelContext;

import java.util.List;

/** Starts traces if they are on. If they are off, no class of OpenTelemetry is loaded (benchmark row "start to first response"). */
record TraceWiring(CamelContext context, Environment environment, Providers providers) {

    /**
     * The listener that traces calls; none if traces are off.
     *
     * @param checkOnly starts nothing, so that there is no listener
     */
    List<CallListener> start(Settings settings, boolean checkOnly) throws InvalidSettingsException {
        if (!TraceSwitch.isOn(settings.traces(), environment)) {
            return List.of();
        }
        if (checkOnly) {
            Traces.check(settings.traces(), environment);
            return List.of();
        }
        Traces traces = Traces.start(context, settings.traces(), environment, instance -> providers.of(instance).telemetryName());
        Lifecycle.addServices(context, List.of(traces));
        return List.of(traces.listener());
    }
}
