package dev.openaigateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends requests at a fixed rate, whether or not the responses come. Used once. */
final class SteadyLoad {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Buffer body;
    private final int perSecond;
    private final Duration time;
    private final Duration warmUp;
    private final Histogram micros = new Histogram(60_000_000L, 3);
    private int sent;
    private int failures;
    private String failure = "";

    /** @param warmUp the time at the beginning whose responses do not count for {@link #percentile} */
    SteadyLoad(Vertx vertx, Buffer body, int perSecond, Duration time, Duration warmUp) {
        this.vertx = vertx;
        this.body = body;
        this.perSecond = perSecond;
        this.time = time;
        this.warmUp = warmUp;
    }

    /** Blocks until all responses have come. */
    SteadyLoad run(Target target) throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1_000).setMaxWaitQueueSize(-1));
        RequestOptions options = new RequestOptions().setHost("127.0.0.1").setPort(target.port()).setMethod(HttpMethod.POST).setURI(Chat.PATH)
                .putHeader("content-type", "application/json").putHeader("authorization", "Bearer " + Chat.KEY);
        int requests = (int) (perSecond * time.toMillis() / 1_000);
        CountDownLatch open = new CountDownLatch(requests);
        long begin = System.nanoTime();
        vertx.setPeriodic(1, id -> {
            long due = (System.nanoTime() - begin) * perSecond / 1_000_000_000L;
            for (; sent < Math.min(due, requests); sent++) {
                send(client, options, begin + sent * 1_000_000_000L / perSecond, begin, open);
            }
            if (sent == requests) {
                vertx.cancelTimer(id);
            }
        });
        if (!open.await(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
            failed(open.getCount() + " requests without a response");
        }
        client.close();
        return this;
    }

    /** The time of a request runs from when it was due, so that a late load generator hides nothing. */
    private void send(HttpClient client, RequestOptions options, long due, long begin, CountDownLatch open) {
        client.request(options).compose(request -> request.send(body)).compose(response -> response.end().map(response))
                .onSuccess(response -> ended(response, due, begin)).onFailure(e -> failed(e.toString())).onComplete(any -> open.countDown());
    }

    private synchronized void ended(HttpClientResponse response, long due, long begin) {
        if (response.statusCode() != 200) {
            failed("status " + response.statusCode());
        } else if (due - begin >= warmUp.toNanos()) {
            micros.recordValue(Math.min((System.nanoTime() - due) / 1_000, micros.getHighestTrackableValue()));
        }
    }

    private synchronized void failed(String why) {
        failure = failures++ == 0 ? why : failure;
    }

    /** Milliseconds. */
    synchronized double percentile(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    synchronized int failures() {
        return failures;
    }

    /** Empty if there was none. */
    synchronized String firstFailure() {
        return failure;
    }
}
