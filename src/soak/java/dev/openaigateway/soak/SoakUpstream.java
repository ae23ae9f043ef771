package dev.openaigateway.soak;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.concurrent.ExecutionException;

/** Both upstreams, told apart by the first segment of the path. Responds according to the model of the request. */
final class SoakUpstream implements AutoCloseable {

    private static final int HEAD_BYTES = 200;
    private static final int EVENTS = 10;
    private static final int EVENT_MILLIS = 20;
    private static final int SLOW_MILLIS = 1000;
    private static final String CHUNK = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":%s}]}\n\n";
    private static final String CHAT = """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},
            "finish_reason":"stop"}],"usage":{"prompt_tokens":30,"completion_tokens":%d,"total_tokens":%d}}""".formatted(
            Admissions.BILLED - 30, Admissions.BILLED);
    private static final String EMBEDDING = """
            {"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"usage":{"prompt_tokens":30,"total_tokens":30}}""";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Admissions admissions;
    private final HttpServer server;

    SoakUpstream(Admissions admissions) throws InterruptedException, ExecutionException {
        this.admissions = admissions;
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(1024))
                .requestHandler(request -> request.body().onSuccess(body -> respond(request, body)))
                .listen().toCompletionStage().toCompletableFuture().get();
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close();
    }

    private void respond(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        String start = body.getString(0, Math.min(HEAD_BYTES, body.length()));
        if (request.path().endsWith("/embeddings")) {
            json(response, 200, EMBEDDING);
        } else if (start.contains("\"model\":\"failing\"") || start.contains("\"model\":\"flaky\"") && request.path().startsWith("/one/")) {
            json(response, 503, "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":null,\"param\":null}}");
        } else if (start.contains("\"model\":\"refused\"")) {
            json(response, 400, "{\"error\":{\"message\":\"bad value\",\"type\":\"invalid_request_error\",\"code\":null,\"param\":\"n\"}}");
        } else if (start.contains("\"stream\":true")) {
            stream(response, start.contains("\"model\":\"cut\"") ? EVENTS / 2 : EVENTS);
        } else if (start.contains("\"model\":\"slow\"")) {
            vertx.setTimer(SLOW_MILLIS, id -> json(response, 200, CHAT));
        } else {
            if (start.contains("\"model\":\"limited\"")) {
                admissions.add();
            }
            json(response, 200, CHAT);
        }
    }

    private void json(HttpServerResponse response, int status, String body) {
        if (!response.closed()) {
            response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
        }
    }

    /** Ends well after {@link #EVENTS} events; with fewer, the connection is closed after them. */
    private void stream(HttpServerResponse response, int events) {
        response.setChunked(true).putHeader("content-type", "text/event-stream").write(CHUNK.formatted("null"));
        int[] sent = {1};
        long timer = vertx.setPeriodic(EVENT_MILLIS, id -> {
            if (++sent[0] < events) {
                response.write(CHUNK.formatted("null"));
                return;
            }
            vertx.cancelTimer(id);
            if (events == EVENTS) {
                response.end(CHUNK.formatted("\"stop\"") + "data: [DONE]\n\n");
            } else {
                response.reset();
            }
        });
        response.closeHandler(gone -> vertx.cancelTimer(timer));
    }
}
