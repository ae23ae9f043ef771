package dev.openaigateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps a number of connections busy: each sends its next request when the previous response has ended. */
final class RequestLoad {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final int connections;

    RequestLoad(Vertx vertx, int connections) {
        this.vertx = vertx;
        this.connections = connections;
    }

    /** Responses per second; {@code bodies} is called on one thread. Throws {@link BrokenRunException} if any request failed or its status was not 200. */
    double run(Target target, Supplier<Buffer> bodies, Duration time) throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(connections).setMaxWaitQueueSize(-1));
        Round round = new Round(client, target, bodies, System.nanoTime() + time.toNanos());
        long begin = System.nanoTime();
        vertx.runOnContext(start -> round.begin());
        boolean ended = round.finished.await(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        client.close();
        if (!ended) {
            throw new BrokenRunException(target.name() + " did not respond to all requests");
        }
        if (round.failures > 0) {
            throw new BrokenRunException(round.failures + " requests to " + target.name() + " failed, the first with " + round.failure);
        }
        return round.responded / seconds;
    }

    private final class Round {

        private final HttpClient client;
        private final RequestOptions options;
        private final Supplier<Buffer> bodies;
        private final long end;
        private final CountDownLatch finished = new CountDownLatch(connections);
        private volatile long responded;
        private volatile long failures;
        private volatile String failure;

        Round(HttpClient client, Target target, Supplier<Buffer> bodies, long end) {
            this.client = client;
            this.bodies = bodies;
            this.end = end;
            options = new RequestOptions().setHost("127.0.0.1").setPort(target.port()).setMethod(HttpMethod.POST)
                    .setURI(Chat.PATH)
                    .putHeader("content-type", "application/json")
                    .putHeader("authorization", "Bearer " + Chat.KEY);
        }

        void begin() {
            for (int i = 0; i < connections; i++) {
                next();
            }
        }

        private void next() {
            if (System.nanoTime() >= end) {
                finished.countDown();
                return;
            }
            client.request(options).compose(request -> request.send(bodies.get()))
                    .compose(response -> response.end().map(response))
                    .onSuccess(this::count)
                    .onFailure(e -> failed(e.toString()))
                    .onComplete(any -> next());
        }

        private void count(HttpClientResponse response) {
            if (response.statusCode() == 200) {
                responded++;
            } else {
                failed("status " + response.statusCode());
            }
        }

        private void failed(String why) {
            failure = failures++ == 0 ? why : failure;
        }
    }
}
