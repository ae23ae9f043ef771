package dev.openaigateway.server;

import dev.openaigateway.config.HostAndPort;
import dev.openaigateway.config.Settings;
import dev.openaigateway.tls.ListenerTls;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.spi.Registry;

import java.net.BindException;
import java.util.concurrent.ExecutionException;

/** Camel's HTTP server with the gateway's worker threads. Reports errors of the HTTP layer as OpenAI error objects. */
final class HttpServer extends VertxPlatformHttpServer {

    private static final long CHECK_MILLIS = 250;
    /** Connections that wait to be accepted. A client that finds the backlog full retries only after seconds. */
    private static final int ACCEPT_BACKLOG = 4096;
    /** As much as one read of a socket yields. Bodies in pieces of 8 KB, as by default, cost more (benchmark row "large bodies"). */
    private static final int LARGEST_PIECE = 64 * 1024;

    private final VertxPlatformHttpServerConfiguration configuration;
    private final Settings settings;
    private final HttpGuard httpGuard;
    private final BodyCollector bodies;
    private final SlowClients slow;
    private final Vertx vertx;
    private final ListenerTls tls;
    private io.vertx.core.http.HttpServer server;

    HttpServer(VertxPlatformHttpServerConfiguration configuration, Settings settings, HttpGuard httpGuard, BodyCollector bodies,
               SlowClients slow, Vertx vertx, ListenerTls tls) {
        super(configuration);
        this.configuration = configuration;
        this.settings = settings;
        this.httpGuard = httpGuard;
        this.bodies = bodies;
        this.slow = slow;
        this.vertx = vertx;
        this.tls = tls;
    }

    @Override
    protected Vertx createVertxInstance() {
        return vertx;
    }

    /** Replaces Camel's router, because Camel's router lets Vert.x write forms to disk, whatever the setting for uploads. */
    @Override
    protected void initializeServer() {
        super.initializeServer();
        VertxPlatformHttpRouter router = router();
        Registry registry = getCamelContext().getRegistry();
        registry.unbind(router.getName());
        registry.bind(router.getName(), new VertxPlatformHttpRouter(this, getVertx(), router, router.getName()) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return bodies;
            }
        });
    }

    private VertxPlatformHttpRouter router() {
        return VertxPlatformHttpRouter.lookup(getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getPort()));
    }

    @Override
    protected void startServer() throws Exception {
        VertxPlatformHttpRouter router = router();
        httpGuard.guard(router);
        HttpServerOptions options = new HttpServerOptions().setTcpNoDelay(true).setMaxHeaderSize(settings.clients().maxHeaderSize()).setHandle100ContinueAutomatically(false)
                .setAcceptBacklog(ACCEPT_BACKLOG).setMaxChunkSize(LARGEST_PIECE)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false).setPerMessageWebSocketCompressionSupported(false);
        tls.configure(options);
        server = getVertx().createHttpServer(options)
                .connectionHandler(slow::connected)
                .requestHandler(request -> {
                    slow.received(request);
                    router.handle(request);
                })
                .invalidRequestHandler(httpGuard::refuse);
        getVertx().setPeriodic(CHECK_MILLIS, due -> httpGuard.check());
        try {
            server.listen(settings.port(), settings.host()).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new BindException("Cannot listen on " + HostAndPort.of(settings.host(), settings.port()) + ": "
                    + e.getCause().getMessage() + ". Set PORT or HOST to listen elsewhere.");
        }
        tls.follow(getVertx());
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
            server = null;
        }
    }

    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            getVertx().close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Override
    public int getPort() {
        return server == null ? settings.port() : server.actualPort();
    }

    @Override
    public io.vertx.core.http.HttpServer getServer() {
        return server;
    }
}
