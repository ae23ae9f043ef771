package dev.openaigateway.runtime;

import dev.openaigateway.entry.InFlight;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;

/** Has Camel start the gateway's own HTTP server. Host and port come from the gateway's settings. */
final class HttpServerFactory implements MainHttpServerFactory {

    private final ActiveSettings active;
    private final InFlight inFlight;
    private HttpServer server;

    HttpServerFactory(ActiveSettings active, InFlight inFlight) {
        this.active = active;
        this.inFlight = inFlight;
    }

    /** Camel JBang asks twice, the second time with nothing but defaults. There is one server. */
    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties properties) {
        if (server == null) {
            server = make(context, properties);
        }
        return server;
    }

    private HttpServer make(CamelContext context, HttpServerConfigurationProperties properties) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(active.settings().host());
        configuration.setBindPort(active.settings().port());
        configuration.setMaxBodySize(properties.getMaxBodySize());
        configuration.getBodyHandler().setHandleFileUploads(properties.isFileUploadEnabled());
        long limit = properties.getMaxBodySize() == null ? 10 * 1024 * 1024 : properties.getMaxBodySize();
        SlowClients slow = new SlowClients(() -> active.settings().clients().requestTime());
        HttpServer made = new HttpServer(configuration, active.settings(),
                new HttpFront(context, inFlight, active::headers, slow, limit), slow);
        made.setCamelContext(context);
        return made;
    }

    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties properties) {
        throw new IllegalArgumentException("The gateway has one HTTP server; set camel.management.enabled=false.");
    }
}
