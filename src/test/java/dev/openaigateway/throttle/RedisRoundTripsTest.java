package dev.openaigateway.throttle;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisMonitor;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The number of Redis calls of a request. */
@GatewayTest
@ProcessTest
class RedisRoundTripsTest {

    private static final String[] ALICE = {"api-key", "alice-key"};
    private static final String EMPTY = "DEL {tpm}:w:client-requests:alice {tpm}:w:client:alice {tpm}:w:gateway {tpm}:w:instance:first";

    private final CapturedLog log = new CapturedLog();
    private final RedisProcess redis = RedisProcess.started();
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().variable("REDIS_URL", redis.url()).variable("USE_REDIS_RATE_LIMITER", "true").settings("""
                rate_limit: { tpm: 10000 }
                clients: { keys: [ { name: alice, key: alice-key, tpm: 5000, rpm: 100 } ] }
                instances:
                """ + instance("first", first, 1, ", max_tpm: 6000") + instance("second", second, 2, ", max_tpm: 6000")).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        redis.close();
        first.close();
        second.close();
        log.close();
    }

    /** Empties the windows. On a busy machine Redis may miss its timeout, and then it is not called for a while. */
    private RedisMonitor monitor() {
        Eventually.holds("Redis responds", () -> gateway.get("/stats/health").body().matches("(?s).*\"redis\": *\"ok\".*"));
        redis.command(EMPTY);
        reserving(gateway, 100, ALICE);
        Eventually.holds("the 21 tokens are settled on Redis", () -> redis.command("HGET {tpm}:w:gateway total").equals("$2"));
        redis.command(EMPTY);
        return new RedisMonitor(redis);
    }

    @Test
    void shouldHaveBothScriptsOnRedisBeforeTheFirstRequest() {
        assumeTrue(log.linesWith(GatewayOnRedis.LOST).isEmpty(), "the machine is too busy for the first call of Redis");

        assertThat(redis.lines("INFO memory")).contains("number_of_cached_scripts:2");
    }

    @Test
    void shouldCallRedisOnceForTheClientOncePerAttemptAndSettleOnce() {
        Tries.oneOfThree(() -> {
            try (RedisMonitor monitor = monitor()) {
                // when
                reserving(gateway, 100, ALICE);

                // then
                List<String> scripts = monitor.awaitScripts(3);
                assertThat(scripts).hasSize(3);
                assertThat(scripts.get(0)).contains("\"reserve\"", "w:client-requests:alice", "w:client:alice", "w:gateway");
                assertThat(scripts.get(1)).contains("\"reserve\"", "w:instance:first").doesNotContain("alice");
                assertThat(scripts.get(2)).contains("\"settle\"", "w:client:alice", "w:gateway", "w:instance:first")
                        .doesNotContain("client-requests");
            }
        });
    }

    @Test
    void shouldReturnTheReservationOfAFailedAttemptWhileTheNextRuns() {
        Tries.oneOfThree(() -> {
            Gate gate = new Gate();
            CompletableFuture<HttpResponse<String>> response = new CompletableFuture<>();
            try (RedisMonitor monitor = monitor()) {
                // given
                first.enqueue(Reply.error(500, "{}"));
                second.enqueue(Reply.chatStream("Hi").gated(gate));

                // when
                new Thread(() -> response.complete(gateway.post("/v1/chat/completions", PricedRequest.stream(100), ALICE))).start();

                // then
                List<String> scripts = monitor.awaitScripts(4);
                assertThat(scripts.get(3)).contains("\"settle\"", "w:instance:first").doesNotContain("gateway", "second");
                assertThat(redis.command("HGET {tpm}:w:instance:first total")).isEqualTo("$1");
                gate.open();
                assertThat(header(response.join(), "x-ratelimit-remaining-tokens")).isEqualTo("4900");
                assertThat(monitor.awaitScripts(5).get(4)).contains("\"settle\"", "w:gateway", "w:instance:second")
                        .doesNotContain("w:instance:first");
            } finally {
                gate.open();
                // A request that still runs would change what the next try sees.
                response.completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
            }
        });
    }

    @Test
    void shouldShareTheWindowWithAnotherGateway() {
        // given
        TestGateway other = TestGateway.builder().variable("REDIS_URL", redis.url()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 5000 } ] }
                instances:
                """ + instance("first", first, 1, "")).start();
        try (other) {
            Tries.oneOfThree(() -> {
                try (RedisMonitor monitor = monitor()) {
                    // when
                    reserving(gateway, 4000, ALICE);
                    monitor.awaitScripts(3);

                    // then
                    assertThat(header(reserving(other, 1000, ALICE), "x-ratelimit-remaining-tokens"))
                            .isEqualTo(String.valueOf(5000 - PricedRequest.BILLED - 1000));
                }
            });
        }
    }
}
