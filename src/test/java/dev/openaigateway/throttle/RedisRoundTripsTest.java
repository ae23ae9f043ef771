package dev.openaigateway.throttle;

import dev.openaigateway.support.RedisMonitor;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import static dev.openaigateway.throttle.Ask.header;
import static dev.openaigateway.throttle.Ask.instance;
import static dev.openaigateway.throttle.Ask.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** How often a request asks Redis. */
class RedisRoundTripsTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String[] ALICE = {"api-key", "alice-key"};

    private final RedisProcess redis = RedisProcess.started();
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private RedisMonitor monitor;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().variable("REDIS_URL", redis.url()).variable("USE_REDIS_RATE_LIMITER", "true").settings("""
                rate_limit: { tpm: 10000 }
                clients: { keys: [ { name: alice, key: alice-key, tpm: 5000, rpm: 100 } ] }
                instances:
                """ + instance("first", first, 1, ", max_tpm: 6000") + instance("second", second, 2, ", max_tpm: 6000")).start();
        reserving(gateway, 100, ALICE);
        Ask.awaitSettled(gateway);
        redis.command("FLUSHALL");
        monitor = new RedisMonitor(redis);
    }

    @AfterEach
    void stop() throws IOException {
        monitor.close();
        gateway.close();
        redis.close();
        first.close();
        second.close();
    }

    @Test
    void shouldAskOnceForTheClientOncePerAttemptAndSettleOnce() {
        // when
        reserving(gateway, 100, ALICE);

        // then
        List<String> scripts = monitor.awaitScripts(3, SOON);
        assertThat(scripts).hasSize(3);
        assertThat(scripts.get(0)).contains("\"reserve\"", "w:client-requests:alice", "w:client:alice", "w:gateway");
        assertThat(scripts.get(1)).contains("\"reserve\"", "w:instance:first").doesNotContain("alice");
        assertThat(scripts.get(2)).contains("\"settle\"", "w:client:alice", "w:gateway", "w:instance:first")
                .doesNotContain("client-requests");
    }

    @Test
    void shouldGiveBackAFailedAttemptOnItsOwn() {
        // given
        first.enqueue(Reply.error(500, "{}"));

        // when
        String remaining = header(reserving(gateway, 100, ALICE), "x-ratelimit-remaining-tokens");

        // then
        List<String> scripts = monitor.awaitScripts(5, SOON);
        assertThat(scripts).hasSize(5);
        assertThat(scripts.stream().filter(line -> line.contains("\"settle\"")).toList()).hasSize(2)
                .first().asString().contains("w:instance:first").doesNotContain("gateway", "second");
        assertThat(remaining).isEqualTo("4900");
        assertThat(redis.command("HGET {tpm}:w:instance:first total")).isEqualTo("$1");
    }

    @Test
    void shouldShareTheWindowWithAnotherGateway() {
        // given
        TestGateway other = TestGateway.builder().variable("REDIS_URL", redis.url()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 5000 } ] }
                instances:
                """ + instance("first", first, 1, "")).start();
        try (other) {
            // when
            reserving(gateway, 4000, ALICE);
            monitor.awaitScripts(3, SOON);

            // then
            assertThat(header(reserving(other, 1000, ALICE), "x-ratelimit-remaining-tokens"))
                    .isEqualTo(String.valueOf(5000 - Ask.BILLED - 1000));
        }
    }
}
