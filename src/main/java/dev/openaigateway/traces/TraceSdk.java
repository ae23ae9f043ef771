package dev.openaigateway.traces;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.internal.AutoConfigureUtil;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Configures the SDK: by the settings, by the variables {@code OTEL_*}, and by the system properties {@code otel.*}, which count most. */
final class TraceSdk {

    static final String PREFIX = "OTEL_";
    private static final String PATH = "/v1/traces";

    private TraceSdk() {
    }

    /**
     * @param variables the environment variables
     * @throws ConfigurationException if a variable or property has a wrong value; the message names it
     */
    static OpenTelemetrySdk start(String endpoint, Map<String, String> variables) {
        SdkLog.silence();
        return builder(endpoint, variables).build().getOpenTelemetrySdk();
    }

    /**
     * Starts and ends an SDK that sees these variables only, neither the others of the process nor its system properties.
     *
     * @throws ConfigurationException as {@link #start}
     */
    static void tryAlone(String endpoint, Map<String, String> variables) {
        Map<String, String> properties = properties(endpoint, variables);
        properties.putAll(fixed(DefaultConfigProperties.createFromMap(properties)));
        AutoConfigureUtil.setConfigPropertiesCustomizer(builder(endpoint, variables), ofProcess -> DefaultConfigProperties.createFromMap(properties))
                .build().getOpenTelemetrySdk().close();
    }

    private static AutoConfiguredOpenTelemetrySdkBuilder builder(String endpoint, Map<String, String> variables) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> properties(endpoint, variables))
                .addPropertiesCustomizer(TraceSdk::fixed)
                .addSpanExporterCustomizer((exporter, properties) -> new ReportingExporter(exporter))
                .disableShutdownHook();
    }

    private static Map<String, String> properties(String endpoint, Map<String, String> variables) {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.service.name", "openai-gateway");
        properties.put("otel.exporter.otlp.protocol", ExportProtocol.NAME);
        properties.put("otel.exporter.otlp.traces.endpoint", endpoint + PATH);
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }

    /** Metrics and logs are not exported by the SDK. */
    private static Map<String, String> fixed(ConfigProperties properties) {
        ExportProtocol.check(properties);
        return Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");
    }
}
