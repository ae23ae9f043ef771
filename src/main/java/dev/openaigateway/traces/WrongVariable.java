package dev.openaigateway.traces;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.problem.RootCause;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the variable that the SDK does not accept. Its exception names a property, or nothing but an "unexpected configuration error". */
final class WrongVariable {

    /** Values that a variable must have one of, or a list of. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "OTEL_TRACES_SAMPLER", Set.of("always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"),
            "OTEL_TRACES_EXPORTER", Set.of("otlp", "none"),
            "OTEL_PROPAGATORS", Set.of("tracecontext", "baggage", "none"));

    private WrongVariable() {
    }

    /** The problem with the first variable, in the order of names, with which the SDK does not start. */
    static Problem find(String endpoint, Map<String, String> variables, ConfigurationException thrown) {
        Map<String, String> accepted = new TreeMap<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            if (variable.getKey().startsWith(TraceSdk.PREFIX)) {
                accepted.put(variable.getKey(), variable.getValue());
                try {
                    TraceSdk.tryAlone(endpoint, accepted);
                } catch (ConfigurationException e) {
                    return problem(variable.getKey(), variable.getValue(), e);
                }
            }
        }
        return new Problem("environment", "", Optional.empty(), reason(thrown), Optional.empty());
    }

    /** Headers hold the key of the collector, so they are not quoted. */
    private static Problem problem(String name, String value, ConfigurationException thrown) {
        return name.endsWith("_HEADERS")
                ? new Problem("environment", name, Optional.empty(), "must be pairs name=value, separated by commas", Optional.empty())
                : new Problem("environment", name, Optional.of(value), "is not accepted by OpenTelemetry: " + reason(thrown),
                        DidYouMean.name(value, KNOWN.getOrDefault(name, Set.of())));
    }

    /** The innermost message that names a property; without one, the innermost message. */
    private static String reason(ConfigurationException thrown) {
        String reason = RootCause.message(thrown);
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each.getMessage() != null && each.getMessage().contains("otel.")) {
                reason = each.getMessage();
            }
        }
        return reason;
    }
}
