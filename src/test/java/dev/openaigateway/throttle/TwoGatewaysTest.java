package dev.openaigateway.throttle;

import dev.openaigateway.runtime.Gateway;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that share one Redis: what the upstream saw of them in real time, and what is left of one that was killed.
 * A busy machine may keep Redis from answering in time; then they refuse, so that the limit holds all the same.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoGatewaysTest {

    private static final int LIMIT = 60_000;
    private static final int EACH = 300;
    /** Ten times the limit, at an even pace. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(60).toNanos() * EACH / (10L * LIMIT);
    private static final Duration RUN = Duration.ofSeconds(90);
    /**
     * Admissions are 60 s apart; what a request takes from there to the upstream's log differs by less than this, even when the
     * machine pauses. Each minute's share is used up in six seconds.
     */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(4);
    private static final int AWAY = 503;
    private static final String LOAD = "load-key";
    private static final String VICTIM = "victim-key";
    private static final String WARM = "warm-key";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RedisProcess redis = RedisProcess.started();
    private final ScriptedUpstream loaded = ScriptedUpstream.start();
    private final ScriptedUpstream stalling = ScriptedUpstream.start();
    @TempDir
    private Path folder;
    private List<GatewayProcess> gateways;

    @BeforeEach
    void start() throws Exception {
        loaded.answer(Reply.chat("Hello", Ask.PROMPT, EACH - Ask.PROMPT));
        stalling.answer(Reply.chatStream("Hello", " Hello").stallAfter(2));
        String settings = """
                rate_limit: { redis_url: "%s", on_redis_failure: closed }
                clients:
                  keys:
                    - { name: load, key: %s, tpm: %d }
                    - { name: victim, key: %s, tpm: 1000 }
                    - { name: warm, key: %s, tpm: 1000000 }
                instances:
                  - { name: loaded, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o] }
                  - { name: stalling, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4.1] }
                """.formatted(redis.url(), LOAD, LIMIT, VICTIM, WARM, loaded.uri(), stalling.uri());
        Path file = Files.writeString(folder.resolve("settings.yaml"), settings);
        gateways = List.of(launch(file), launch(file), launch(file));
        for (GatewayProcess gateway : gateways) {
            gateway.await(" serves ");
        }
        for (int i = 0; i < 60; i++) {
            ask(i % gateways.size(), WARM, 100);
        }
    }

    @AfterEach
    void stop() {
        gateways.forEach(GatewayProcess::close);
        redis.close();
        loaded.close();
        stalling.close();
    }

    private static GatewayProcess launch(Path settings) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return GatewayProcess.start(Path.of("").toAbsolutePath(), List.of("env", "GATEWAY_CONFIG=" + settings, java, "-Xmx192m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Gateway.class.getName()));
    }

    @Test
    void O04_shouldNeverAdmitMoreThanTheLimitTogetherAndFreeWhatAKilledOneHeld() {
        // given
        long begin = System.nanoTime();
        victimsStream().event();
        long reserved = System.nanoTime();
        gateways.get(2).close();
        assertThat(decided(0, VICTIM, 400)).as("the killed one's tokens are still held").isEqualTo(429);

        // when
        CompletableFuture<Integer> freed = null;
        for (int sent = 0; System.nanoTime() - begin < RUN.toNanos(); sent++) {
            if (freed == null && System.nanoTime() - reserved > Duration.ofSeconds(61).toNanos()) {
                freed = CompletableFuture.supplyAsync(() -> decided(0, VICTIM, 400), task -> new Thread(task).start());
            }
            askLater(sent % 2, LOAD, EACH);
            LockSupport.parkNanos(Math.max(1, begin + (sent + 1) * PAUSE_NANOS - System.nanoTime()));
        }

        // then
        assertThat(freed.join()).as("61 s later they are free").isEqualTo(200);
        List<Long> arrivals = loaded.requests().stream().filter(request -> request.text().equals(Ask.body(EACH)))
                .map(RecordedRequest::arrivedNanos).sorted().toList();
        assertThat(most(arrivals, Duration.ofSeconds(60).minus(ON_THE_WAY))).isLessThanOrEqualTo(LIMIT);
        assertThat(most(arrivals, Duration.ofSeconds(60))).isGreaterThanOrEqualTo((int) (0.97 * LIMIT));
        assertThat(arrivals.size() * EACH).as("the second minute's share as well").isGreaterThanOrEqualTo((int) (1.97 * LIMIT));
    }

    /** The most tokens that any stretch of that length has seen. */
    private static int most(List<Long> arrivals, Duration length) {
        int most = 0;
        int oldest = 0;
        for (int newest = 0; newest < arrivals.size(); newest++) {
            while (arrivals.get(newest) - arrivals.get(oldest) >= length.toNanos()) {
                oldest++;
            }
            most = Math.max(most, (newest - oldest + 1) * EACH);
        }
        return most;
    }

    /** A stream of the third gateway, of which the head has come. */
    private RawClient victimsStream() {
        AtomicReference<RawClient> stream = new AtomicReference<>();
        Eventually.holds("Redis answers", () -> {
            stream.set(RawClient.connect(gateways.get(2).port()).post("/v1/chat/completions",
                    Ask.stream(900).replace("gpt-4o", "gpt-4.1"), "api-key: " + VICTIM));
            return stream.get().head().status() != AWAY;
        });
        return stream.get();
    }

    /** The status, but for that of a moment in which Redis did not answer. */
    private int decided(int gateway, String key, int tokens) {
        AtomicInteger status = new AtomicInteger();
        Eventually.holds("Redis answers", () -> status.updateAndGet(any -> ask(gateway, key, tokens).statusCode()) != AWAY);
        return status.get();
    }

    private HttpResponse<Void> ask(int gateway, String key, int tokens) {
        return askLater(gateway, key, tokens).join();
    }

    private CompletableFuture<HttpResponse<Void>> askLater(int gateway, String key, int tokens) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateways.get(gateway).port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json").header("api-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(Ask.body(tokens))).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }
}
