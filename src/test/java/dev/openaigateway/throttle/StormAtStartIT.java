package dev.openaigateway.throttle;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gateways that have just started share one Redis while other processes use all CPUs, and one of the gateways is suspended in
 * the midst of the storm. Redis is well, so they must not take it for lost.
 */
@Isolated("takes all CPUs")
@ProcessTest
class StormAtStartIT {

    private static final int LIMIT = 20_000;
    private static final int EACH = 100;
    private static final int REQUESTS = 3 * LIMIT / EACH;
    private static final String BUSY = "while :; do :; done";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RedisProcess redis = RedisProcess.started();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<Process> busy = new ArrayList<>();
    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        busy.forEach(Process::destroyForcibly);
        gateways.forEach(GatewayProcess::close);
        redis.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldAdmitTheLimitTogetherAndNotTakeAHealthyRedisForLost(int count) throws Exception {
        // given
        launch(count, settings -> Checkout.gateway(settings, "-Xmx192m"));
        useAllCpus();

        // when
        List<CompletableFuture<HttpResponse<Void>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            if (i == REQUESTS / 6) {
                gateways.get(1).suspend();
            }
            responses.add(send(gateways.get(i % count)));
        }
        CompletableFuture.anyOf(responses.toArray(CompletableFuture[]::new)).join();
        CompletableFuture.runAsync(gateways.get(1)::resume, CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS)).join();
        List<Integer> statuses = responses.stream().map(response -> response.join().statusCode()).toList();

        // then
        assertThat(statuses).containsOnly(200, 429);
        assertThat(upstream.requests()).hasSize(LIMIT / EACH);
        assertNoneLostRedis();
    }

    /** As with {@code java -jar}. A gateway that took Redis for lost would allow its share only, a quarter of the limit, for a minute. */
    @Test
    void shouldNotTakeAHealthyRedisForLostWhileItStarts() throws Exception {
        // given
        useAllCpus();
        launch(4, settings -> List.of("env", "GATEWAY_CONFIG=" + settings, Checkout.JAVA, "-Xmx192m", "-jar", Checkout.JAR.toString()));
        busy.forEach(Process::destroyForcibly);

        // when
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < LIMIT / EACH / 2; i++) {
            statuses.add(send(gateways.get(3)).join().statusCode());
        }

        // then
        assertThat(statuses).containsOnly(200);
        assertNoneLostRedis();
    }

    private void launch(int count, Function<Path, List<String>> command) throws Exception {
        upstream.respond(Reply.chat("Hello", PricedRequest.PROMPT, EACH - PricedRequest.PROMPT));
        Path settings = Files.writeString(folder.resolve("settings.yaml"), """
                rate_limit: { tpm: %d, redis_url: "%s" }
                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(LIMIT, redis.url(), upstream.uri()));
        for (int i = 0; i < count; i++) {
            gateways.add(GatewayProcess.start(Checkout.FOLDER, command.apply(settings)));
        }
        for (GatewayProcess gateway : gateways) {
            gateway.await(" serves ");
        }
    }

    private void useAllCpus() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 1; i++) {
            busy.add(new ProcessBuilder("sh", "-c", BUSY).start());
        }
    }

    private void assertNoneLostRedis() {
        for (GatewayProcess gateway : gateways) {
            assertThat(String.join("\n", gateway.output())).doesNotContain("redis_lost");
        }
    }

    private CompletableFuture<HttpResponse<Void>> send(GatewayProcess gateway) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(PricedRequest.body(EACH))).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }
}
