package dev.openaigateway.server;

import dev.openaigateway.affinity.Passthrough;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.RefusalListener;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.config.HostAndPort;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.tls.ListenerTls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.spi.resolver.ResolverProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Creates the HTTP server that Camel starts. Host and port come from the gateway's settings. */
public final class HttpServerFactory implements MainHttpServerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerFactory.class);

    /** One minute: the watchdog checks ten times a second. */
    private static final int CHECKS_UNTIL_STOPPED = 600;

    private final LiveSettings settings;
    private final InFlight inFlight;
    private final MemoryBudget memory;
    private final BodyAdmission bodies;
    private final FatalErrors errors;
    private final EarlyResponses refusals;
    private Vertx vertx;
    private HttpServer server;
    private ListenerTls tls;
    private EventLoopWatch watch;

    /** @param bodies the requests whose bodies are read */
    public HttpServerFactory(LiveSettings settings, InFlight inFlight, MemoryBudget memory, BodyAdmission bodies, FatalErrors errors,
            RefusalListener listener) {
        this.refusals = new EarlyResponses(listener);
        this.settings = settings;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.memory = memory;
        this.errors = errors;
    }

    /** Returns the one server at each call: the Camel CLI calls this twice, the second time with defaults only. */
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
        long limit = properties.getMaxBodySize() == null ? 50 * 1024 * 1024 : properties.getMaxBodySize();
        configuration.setMaxBodySize(limit);
        SlowClients slow = new SlowClients(settings, memory, refusals);
        tls = new ListenerTls(context, settings.get());
        HttpServer made = new HttpServer(configuration, settings.get(),
                new HttpGuard(context, inFlight, settings.derive(now -> new BrowserHeaders(now.cors())), slow, limit,
                        new Passthrough(settings), refusals),
                new BodyCollector(new MemoryBudget(this::bodyMemory, memory), memory, limit, bodies, refusals), slow, vertx(), tls);
        made.setCamelContext(context);
        return made;
    }

    /** The end of the TLS certificate; empty without TLS, and before the server is made. */
    public Optional<Instant> certificateEnd() {
        return Optional.ofNullable(tls).flatMap(ListenerTls::validUntil);
    }

    private long bodyMemory() {
        long set = settings.get().clients().bodyMemory();
        return set == 0 ? memory.limit() : set;
    }

    /** The watch over the server's event loops. */
    public EventLoopWatch watch() {
        if (watch == null) {
            watch = new EventLoopWatch(((VertxInternal) vertx()).getEventLoopGroup(), CHECKS_UNTIL_STOPPED);
        }
        return watch;
    }

    /** Created when the server is, since it starts threads; a check of a folder needs none. */
    private Vertx vertx() {
        if (vertx == null) {
            vertx = make(errors);
        }
        return vertx;
    }

    /**
     * Vert.x would have two event loops per processor. With one, each wake-up serves more connections, and threads are switched less often
     * (benchmark row "requests").
     */
    private static Vertx make(FatalErrors errors) {
        if (System.getProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME) == null) {
            // Vert.x looks up only the address it listens on: upstreams are called by another client.
            System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, "true");
        }
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setMaxWorkerExecuteTime(1).setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS)
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));
        Vertx made = new VertxBuilder(options).executorServiceFactory(new WorkerThreads()).init().vertx();
        made.exceptionHandler(unhandled -> {
            errors.check(unhandled);
            LOG.error("A task of the HTTP server failed: {}", unhandled.toString());
            LOG.debug("Stack trace of the failed task", unhandled);
        });
        return made;
    }

    /**
     * Camel's own server for its tools, on a port of its own. Called only if it is switched on. With two servers Camel finds that of
     * the routes only by its bound configuration.
     */
    @Override
    public Service newHttpManagementServer(CamelContext context, HttpManagementServerConfigurationProperties properties) {
        requireFree(properties.getHost(), properties.getPort());
        VertxPlatformHttpServerConfiguration ofRoutes = new VertxPlatformHttpServerConfiguration();
        ofRoutes.setBindPort(settings.get().port());
        context.getRegistry().bind("gatewayHttpConfiguration", ofRoutes);
        return new DefaultMainHttpServerFactory().newHttpManagementServer(context, properties);
    }

    /** Camel's server reports a port that it cannot have only in the log, and the gateway would run without its tools. */
    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException(new BindException("Cannot listen on " + HostAndPort.of(host, port) + ": " + e.getMessage()
                    + ". Set MANAGEMENT_PORT or camel.management.host to have the management port elsewhere."));
        }
    }
}
