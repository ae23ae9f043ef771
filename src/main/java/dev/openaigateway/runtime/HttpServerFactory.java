package dev.openaigateway.runtime;

import dev.openaigateway.entry.InFlight;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has Camel start the gateway's own HTTP server. Host and port come from the gateway's settings. */
final class HttpServerFactory implements MainHttpServerFactory {

    private final ActiveSettings active;
    private final InFlight inFlight;
    private final CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(HttpServerFactory::vertx);
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
        long limit = properties.getMaxBodySize() == null ? 10 * 1024 * 1024 : properties.getMaxBodySize();
        configuration.setMaxBodySize(limit);
        SlowClients slow = new SlowClients(() -> active.settings().clients());
        HttpServer made = new HttpServer(configuration, active.settings(),
                new HttpFront(context, inFlight, active::headers, slow,
                        new BodyMemory(() -> active.settings().clients().bodyMemory(), limit), limit), slow, vertx);
        made.setCamelContext(context);
        return made;
    }

    /** Made beside the rest of the start, of which it would be a twentieth. */
    private static Vertx vertx() {
        VertxOptions options = new VertxOptions()
                .setMaxWorkerExecuteTime(1).setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS)
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));
        return new VertxBuilder(options).executorServiceFactory(new WorkerThreads()).init().vertx();
    }

    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties properties) {
        throw new IllegalArgumentException("The gateway has one HTTP server; set camel.management.enabled=false.");
    }
}
