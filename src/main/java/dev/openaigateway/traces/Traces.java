package dev.openaigateway.traces;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.TracesSettings.Detail;
import dev.openaigateway.config.TracesSettings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.routing.CallListener;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Traces of one gateway. A service, because the last spans are exported when it stops. Thread-safe. */
public final class Traces extends ServiceSupport {

    private static final Logger LOG = GatewayLog.LOG;
    private static final String NAME = "dev.openaigateway";
    private static final int LONGEST_EXPORT_SECONDS = 3;

    private final OpenTelemetrySdk sdk;
    private final CallListener listener;

    private Traces(OpenTelemetrySdk sdk, CallListener listener) {
        this.sdk = sdk;
        this.listener = listener;
    }

    /**
     * Starts traces.
     *
     * @param settings  have an endpoint
     * @param providers maps an instance to its provider's name in OpenTelemetry's conventions
     * @throws InvalidSettingsException if a variable of OpenTelemetry has a wrong value
     */
    public static Traces start(CamelContext context, TracesSettings settings, Environment environment,
                               Function<InstanceSettings, String> providers) throws InvalidSettingsException {
        OpenTelemetrySdk sdk = sdk(settings, environment);
        LOG.info("Spans go to {}", settings.endpoint().get());
        CamelSpans.bind(context, sdk);
        if (settings.detail() != Detail.REQUESTS) {
            CamelSpans.start(context, settings.detail() == Detail.STEPS);
        }
        return new Traces(sdk, new SpanListener(sdk.getTracer(NAME), new TraceHeaders(sdk.getPropagators().getTextMapPropagator()),
                settings.clientContext(), providers));
    }

    /**
     * Checks what a start of traces would refuse. Sends nothing.
     *
     * @throws InvalidSettingsException as {@link #start}
     */
    public static void check(TracesSettings settings, Environment environment) throws InvalidSettingsException {
        sdk(settings, environment).close();
    }

    private static OpenTelemetrySdk sdk(TracesSettings settings, Environment environment) throws InvalidSettingsException {
        String endpoint = settings.endpoint().orElseThrow();
        try {
            return TraceSdk.start(endpoint, environment.variables());
        } catch (ConfigurationException e) {
            throw new InvalidSettingsException(List.of(WrongVariable.find(endpoint, environment.variables(), e)));
        }
    }

    /** Makes the spans. */
    public CallListener listener() {
        return listener;
    }

    /** Exports what is left. A collector that does not respond does not hold up the stop for long. */
    @Override
    protected void doStop() {
        sdk.getSdkTracerProvider().shutdown().join(LONGEST_EXPORT_SECONDS, TimeUnit.SECONDS);
    }
}
