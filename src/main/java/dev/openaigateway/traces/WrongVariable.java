package dev.openaigateway.traces;

import dev.openaigateway.problem.Problem;
import dev.openaigateway.problem.RootCause;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the variable that the SDK does not accept. Its exception names a property, or nothing but an "unexpected configuration error". */
final class WrongVariable {

    private WrongVariable() {
    }

    /** The problem with the first variable, in the order of names, with which the SDK does not start. */
    static Problem find(String endpoint, Map<String, String> variables, ConfigurationException thrown) {
        Map<String, String> accepted = new TreeMap<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            if (variable.getKey().startsWith(TraceSdk.PREFIX)) {
                accepted.put(variable.getKey(), variable.getValue());
                try {
                    TraceSdk.start(endpoint, accepted).close();
                } catch (ConfigurationException e) {
                    return problem(variable.getKey(), variable.getValue(), e);
                }
            }
        }
        return new Problem("environment", "", Optional.empty(), RootCause.message(thrown), Optional.empty());
    }

    /** Headers hold the key of the collector, so they are not quoted. */
    private static Problem problem(String name, String value, ConfigurationException thrown) {
        return name.endsWith("_HEADERS")
                ? new Problem("environment", name, Optional.empty(), "must be pairs name=value, separated by commas", Optional.empty())
                : new Problem("environment", name, Optional.of(value), "is not accepted by OpenTelemetry: " + RootCause.message(thrown), Optional.empty());
    }
}
