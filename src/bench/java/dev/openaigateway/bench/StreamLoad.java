package dev.openaigateway.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Opens many streams, spread over a ramp-up time, and reads each to its end. */
final class StreamLoad {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Vertx vertx;

    StreamLoad(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The result counts the events received, even if streams failed or never ended. */
    StreamResult run(Target target, int streams, int events, Duration every, Duration ramp) throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(streams).setKeepAlive(false));
        StreamResult result = new StreamResult(target.name(), streams, events);
        CountDownLatch finished = new CountDownLatch(streams);
        RequestOptions options = new RequestOptions().setHost("127.0.0.1").setPort(target.port())
                .setMethod(HttpMethod.POST).setURI(Chat.PATH)
                .putHeader("content-type", "application/json").putHeader("authorization", "Bearer " + Chat.KEY);
        String body = Chat.streamRequest(events, every);
        for (int i = 0; i < streams; i++) {
            vertx.setTimer(1 + ramp.toMillis() * i / streams, due -> open(client, options, body, result, finished));
        }
        finished.await(ramp.plus(every.multipliedBy(events)).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        client.close();
        return result.ended(finished.getCount());
    }

    private static void open(HttpClient client, RequestOptions options, String body, StreamResult result,
                             CountDownLatch finished) {
        client.request(options).compose(request -> request.send(body))
                .compose(response -> read(response, result))
                .onFailure(e -> result.failed(e.toString()))
                .onComplete(any -> finished.countDown());
    }

    private static Future<Void> read(HttpClientResponse response, StreamResult result) {
        if (response.statusCode() != 200) {
            return response.body().map(text -> {
                result.failed("status " + response.statusCode() + " " + text);
                return null;
            });
        }
        StreamReader reader = new StreamReader(result);
        response.handler(reader::read);
        return response.end();
    }
}
