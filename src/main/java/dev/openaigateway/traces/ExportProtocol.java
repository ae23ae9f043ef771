package dev.openaigateway.traces;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.regex.Pattern;

/** OTLP over HTTP, the only protocol of the exporter: the sender of the JDK knows no gRPC. */
final class ExportProtocol {

    static final String NAME = "http/protobuf";

    private static final Logger LOG = LoggerFactory.getLogger(ExportProtocol.class);
    private static final Pattern GRPC_PORT = Pattern.compile("://[^/]*:4317(/|$)");

    private ExportProtocol() {
    }

    /** @throws ConfigurationException if another protocol is set. Warns in the log if the port is the usual one of gRPC */
    static void check(ConfigProperties properties) {
        String protocol = properties.getString("otel.exporter.otlp.traces.protocol", properties.getString("otel.exporter.otlp.protocol", NAME));
        if (!protocol.equals(NAME)) {
            throw new ConfigurationException("otel.exporter.otlp.protocol=" + protocol + " must be " + NAME
                    + ", which collectors accept on port 4318; the gateway does not send gRPC");
        }
        if (GRPC_PORT.matcher(properties.getString("otel.exporter.otlp.traces.endpoint", "")).find()) {
            LOG.warn("Spans go to port 4317, where collectors expect gRPC by default. The gateway sends OTLP over HTTP, which they accept on port 4318.");
        }
    }
}
