package dev.openaigateway.server;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.Settings;
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
import java.util.function.Supplier;

/** Has Camel start the gateway's own HTTP server. Host and port come from the gateway's settings. */
public final class HttpServerFactory implements MainHttpServerFactory {

    private final Supplier<Settings> settings;
    private final Supplier<BrowserHeaders> headers;
    private final InFlight inFlight;
    private final CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(HttpServerFactory::vertx);
    private HttpServer server;

    public HttpServerFactory(Supplier<Settings> settings, Supplier<BrowserHeaders> headers, InFlight inFlight) {
        this.settings = settings;
        this.headers = headers;
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
        configuration.setBindHost(settings.get().host());
        configuration.setBindPort(settings.get().port());
        long limit = properties.getMaxBodySize() == null ? 10 * 1024 * 1024 : properties.getMaxBodySize();
        configuration.setMaxBodySize(limit);
        SlowClients slow = new SlowClients(() -> settings.get().clients());
        HttpServer made = new HttpServer(configuration, settings.get(),
                new HttpGuard(context, inFlight, headers, slow,
                        new BodyMemory(() -> settings.get().clients().bodyMemory(), limit), limit), slow, vertx);
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
