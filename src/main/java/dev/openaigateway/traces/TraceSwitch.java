package dev.openaigateway.traces;

import dev.openaigateway.config.TracesSettings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.Locale;
import java.util.Optional;

/** Whether traces are on. Loads no class of OpenTelemetry (benchmark row "start to first response"). */
public final class TraceSwitch {

    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String OFF = "none";

    private TraceSwitch() {
    }

    /**
     * On with an endpoint, unless a variable of OpenTelemetry switches traces off.
     *
     * @throws InvalidSettingsException if the variable is neither true nor false
     */
    public static boolean isOn(TracesSettings settings, Environment environment) throws InvalidSettingsException {
        String disabled = environment.variable(DISABLED).orElse("false").toLowerCase(Locale.ROOT);
        if (!disabled.equals("true") && !disabled.equals("false")) {
            throw new InvalidSettingsException(new Problem("environment", DISABLED, environment.variable(DISABLED), "must be true or false", Optional.empty()));
        }
        return settings.endpoint().isPresent() && disabled.equals("false") && !environment.variable("OTEL_TRACES_EXPORTER").equals(Optional.of(OFF));
    }
}
