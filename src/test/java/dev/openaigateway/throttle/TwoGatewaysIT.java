package dev.openaigateway.throttle;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that share one Redis: checks the requests that upstreams received, in real time, and the charges of a killed process.
 * If Redis misses its timeout on a busy machine, the gateways refuse requests, so the limit still holds.
 */
@ProcessTest
class TwoGatewaysIT {

    private static final int LIMIT = 60_000;
    private static final int EACH = 300;
    private static final int BILLED = 200;
    /** Five times each limit, at an even pace. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(60).toNanos() * BILLED / (5L * LIMIT);
    private static final Duration RUN = Duration.ofSeconds(90);
    /**
     * The time from admission to the upstream's log varies by less than this, even when the machine pauses. Admissions are 60 s
     * apart, and each minute's share is used up in twelve seconds.
     */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(4);
    /** A charge counts for its own second and 60 more, so at an even pace it expires after 61 s. A pause affects few requests. */
    private static final Duration MEDIAN_AT_LEAST = Duration.ofMillis(60_500);
    private static final int UNAVAILABLE = 503;
    private static final String LOAD = "load-key";
    private static final String VICTIM = "victim-key";
    private static final String WARM = "warm-key";
    private static final String FREE = "free-key";
    private static final String OF_LIMITED = PricedRequest.body(EACH).replace("gpt-4o", "gpt-4.1-mini");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RedisProcess redis = RedisProcess.started();
    private final ScriptedUpstream loaded = ScriptedUpstream.start();
    private final ScriptedUpstream limited = ScriptedUpstream.start();
    private final ScriptedUpstream stalling = ScriptedUpstream.start();
    @TempDir
    private Path folder;
    private List<GatewayProcess> gateways;

    @BeforeEach
    void start() throws Exception {
        loaded.respond(Reply.chat("Hello", PricedRequest.PROMPT, BILLED - PricedRequest.PROMPT));
        limited.respond(Reply.chat("Hello", PricedRequest.PROMPT, BILLED - PricedRequest.PROMPT));
        stalling.respond(Reply.chatStream("Hello", " Hello").stallAfter(2));
        String settings = """
                rate_limit: { redis_url: "%s", on_redis_failure: closed }
                clients:
                  keys:
                    - { name: load, key: %s, tpm: %d }
                    - { name: victim, key: %s, tpm: 1000 }
                    - { name: warm, key: %s, tpm: 1000000 }
                    - { name: free, key: %s }
                instances:
                  - { name: loaded, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o] }
                  - { name: limited, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4.1-mini], max_tpm: %d }
                  - { name: stalling, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4.1] }
                """.formatted(redis.url(), LOAD, LIMIT, VICTIM, WARM, FREE, loaded.uri(), limited.uri(), LIMIT, stalling.uri());
        Path file = Files.writeString(folder.resolve("settings.yaml"), settings);
        gateways = List.of(launch(file), launch(file), launch(file));
        for (GatewayProcess gateway : gateways) {
            gateway.await(" serves ");
        }
        for (int i = 0; i < 60; i++) {
            send(i % gateways.size(), WARM, 100);
        }
    }

    @AfterEach
    void stop() {
        gateways.forEach(GatewayProcess::close);
        redis.close();
        loaded.close();
        limited.close();
        stalling.close();
    }

    private static GatewayProcess launch(Path settings) throws IOException {
        return GatewayProcess.start(Checkout.FOLDER, Checkout.gateway(settings, "-Xmx192m"));
    }

    @Test
    void shouldNeverExceedTheLimitTogetherAndFreeTheChargesOfAKilledProcess() {
        // given
        victimsStream().event();
        long begin = System.nanoTime();
        gateways.get(2).close();
        assertThat(decided(0, VICTIM, 200)).as("the killed one's tokens are still held").isEqualTo(429);

        // when
        CompletableFuture<Integer> freed = null;
        for (int sent = 0; System.nanoTime() - begin < RUN.toNanos(); sent++) {
            if (freed == null && System.nanoTime() - begin > Duration.ofSeconds(61).toNanos()) {
                freed = CompletableFuture.supplyAsync(() -> decided(0, VICTIM, 200), task -> new Thread(task).start());
            }
            sendLater(sent % 2, LOAD, PricedRequest.body(EACH));
            sendLater((sent + 1) % 2, FREE, OF_LIMITED);
            LockSupport.parkNanos(Math.max(1, begin + (sent + 1) * PAUSE_NANOS - System.nanoTime()));
        }

        // then
        assertThat(freed.join()).as("61 s later they are free").isEqualTo(200);
        assertHeldAndUsed("the client's", arrivals(loaded, PricedRequest.body(EACH)));
        assertHeldAndUsed("the instance's", arrivals(limited, OF_LIMITED));
    }

    private static List<Long> arrivals(ScriptedUpstream upstream, String body) {
        return upstream.requests().stream().filter(request -> request.text().equals(body))
                .map(RecordedRequest::arrivedNanos).sorted().toList();
    }

    private static void assertHeldAndUsed(String limit, List<Long> arrivals) {
        assertThat(maxTokens(arrivals, Duration.ofSeconds(60).minus(ON_THE_WAY))).as(limit).isLessThanOrEqualTo(LIMIT);
        assertThat(maxTokens(arrivals, Duration.ofSeconds(60))).as(limit).isGreaterThanOrEqualTo((int) (0.97 * LIMIT));
        assertThat(arrivals.size() * BILLED).as(limit + " second minute's share as well").isGreaterThanOrEqualTo((int) (1.97 * LIMIT));
        assertThat(medianPeriod(arrivals)).as(limit).isGreaterThan(MEDIAN_AT_LEAST);
    }

    /** The median time from a request to the first later one that exceeds the limit together with all between them. */
    private static Duration medianPeriod(List<Long> arrivals) {
        int within = LIMIT / BILLED;
        List<Long> times = IntStream.range(within, arrivals.size())
                .mapToObj(at -> arrivals.get(at) - arrivals.get(at - within)).sorted().toList();
        return Duration.ofNanos(times.get(times.size() / 2));
    }

    /** The most tokens in any period of that length. */
    private static int maxTokens(List<Long> arrivals, Duration length) {
        int maxTokens = 0;
        int oldest = 0;
        for (int newest = 0; newest < arrivals.size(); newest++) {
            while (arrivals.get(newest) - arrivals.get(oldest) >= length.toNanos()) {
                oldest++;
            }
            maxTokens = Math.max(maxTokens, (newest - oldest + 1) * BILLED);
        }
        return maxTokens;
    }

    /** A stream of the third gateway after its head arrived. For a minute after a Redis outage, the gateway may refuse it. */
    private RawClient victimsStream() {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < deadline) {
            RawClient stream = RawClient.connect(gateways.get(2).port()).post("/v1/chat/completions",
                    PricedRequest.stream(900).replace("gpt-4o", "gpt-4.1"), "api-key: " + VICTIM);
            if (stream.head().status() == 200) {
                return stream;
            }
            stream.close();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("The third gateway admits no stream.");
    }

    /** The status; retries while Redis is unavailable. */
    private int decided(int gateway, String key, int tokens) {
        AtomicInteger status = new AtomicInteger();
        Eventually.holds("Redis responds", () -> status.updateAndGet(any -> send(gateway, key, tokens).statusCode()) != UNAVAILABLE);
        return status.get();
    }

    private HttpResponse<Void> send(int gateway, String key, int tokens) {
        return sendLater(gateway, key, PricedRequest.body(tokens)).join();
    }

    private CompletableFuture<HttpResponse<Void>> sendLater(int gateway, String key, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateways.get(gateway).port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json").header("api-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }
}
