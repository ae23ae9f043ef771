package dev.openaigateway.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The baseline for a JVM: pipes requests and responses through without inspecting them. */
public final class BareProxy extends AbstractVerticle {

    private static final int INSTANCES = Runtime.getRuntime().availableProcessors();

    private HttpClient client;

    /** Arguments: the port to listen on and the upstream's port. */
    public static void main(String[] args) {
        System.setProperty("upstream.port", args[1]);
        System.setProperty("proxy.port", args[0]);
        Vertx.vertx().deployVerticle(BareProxy.class, new DeploymentOptions().setInstances(INSTANCES))
                .onSuccess(id -> ChildJvm.announce(Integer.parseInt(args[0])));
    }

    @Override
    public void start(Promise<Void> started) {
        client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(5_000).setDefaultHost("127.0.0.1")
                .setDefaultPort(Integer.getInteger("upstream.port")));
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.getInteger("proxy.port"))
                        .setAcceptBacklog(4096))
                .requestHandler(this::forward)
                .listen().<Void>mapEmpty().onComplete(started);
    }

    private void forward(HttpServerRequest in) {
        in.pause();
        client.request(in.method(), in.uri())
                .compose(out -> send(in, out))
                .compose(response -> relay(response, in))
                .onFailure(e -> in.response().setStatusCode(502).end());
    }

    private static Future<HttpClientResponse> send(HttpServerRequest in, HttpClientRequest out) {
        in.headers().forEach(header -> out.putHeader(header.getKey(), header.getValue()));
        in.response().closeHandler(gone -> out.reset());
        return out.send(in);
    }

    private static Future<Void> relay(HttpClientResponse response, HttpServerRequest in) {
        in.response().setStatusCode(response.statusCode());
        response.headers().forEach(header -> in.response().putHeader(header.getKey(), header.getValue()));
        return response.pipeTo(in.response());
    }
}
