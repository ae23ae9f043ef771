package dev.openaigateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The upstream: responds at once, or streams events stamped with their send time. */
final class BenchUpstream {

    private static final int LONGEST_STREAMING = 16 * 1024;

    private final Vertx vertx;

    private BenchUpstream(Vertx vertx) {
        this.vertx = vertx;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        BenchUpstream upstream = new BenchUpstream(vertx);
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(4096))
                .requestHandler(request -> request.body().onSuccess(body -> upstream.respond(request, body)))
                .listen().onSuccess(server -> ChildJvm.announce(server.actualPort()));
    }

    private void respond(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        // Only streaming requests are parsed, so that the upstream does not become the bottleneck.
        if (body.length() < LONGEST_STREAMING && body.toString().contains("\"stream\":true")) {
            stream(response, body.toJsonObject());
        } else {
            response.putHeader("content-type", "application/json").end(Chat.RESPONSE);
        }
    }

    private void stream(HttpServerResponse response, JsonObject requested) {
        int events = requested.getInteger("bench_events");
        boolean usage = requested.getJsonObject("stream_options", new JsonObject()).getBoolean("include_usage", false);
        response.setChunked(true).putHeader("content-type", "text/event-stream").write(Chat.FIRST);
        int[] sent = {0};
        long timer = vertx.setPeriodic(requested.getInteger("bench_every_ms"), id -> {
            response.write(Chat.stampedEvent());
            sent[0]++;
            if (sent[0] == events) {
                vertx.cancelTimer(id);
                response.end(Chat.LAST + (usage ? Chat.USAGE : "") + Chat.DONE + "\n\n");
            }
        });
        response.closeHandler(gone -> vertx.cancelTimer(timer));
    }
}
