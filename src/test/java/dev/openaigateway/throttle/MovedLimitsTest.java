package dev.openaigateway.throttle;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A reload moves the limits or changes the policy. Charges are kept, and alerts are about the active Redis only. */
@GatewayTest
@ProcessTest
class MovedLimitsTest {

    private final CapturedLog log = new CapturedLog();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(log, upstream));
    private TestGateway gateway;

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"memory, one", "one, memory", "one, other"})
    void shouldKeepChargesWhenTheLimitsMove(String from, String to) {
        // given
        RedisProcess one = redis();
        RedisProcess other = redis();
        start(limits(from, one, other));
        upstream.enqueue(Reply.chat("Hello", 9, 891));
        assertThat(send(900)).isEqualTo(200);
        Eventually.holds("the call is settled", () -> gateway.metric("gateway_reservations_open") == 0);

        // when
        reload(limits(to, one, other));

        // then
        assertThat(send(200)).isEqualTo(429);
        assertThat(send(60)).isEqualTo(200);
        assertThat(gateway.get("/metrics").body().contains("gateway_redis_up 1.0\n")).isEqualTo(!to.equals("memory"));
    }

    @Test
    void shouldSettleAnEarlierReservationOnTheNewBackend() {
        // given
        RedisProcess one = redis();
        start(limits("memory", one, null));
        Gate gate = new Gate();
        upstream.enqueue(Reply.chatStream("Hello", " Hello").gated(gate));
        RawClient client = RawClient.connect(gateway.port()).post("/v1/chat/completions", body(900).replaceFirst("\\{", "{\"stream\":true,"));
        gate.release(2);
        client.head();

        // when
        reload(limits("one", one, null));

        // then
        assertThat(send(200)).isEqualTo(429);
        gate.open();
        client.response();
        Eventually.holds("the call is settled", () -> gateway.metric("gateway_reservations_open") == 0);
        assertThat(send(900)).isEqualTo(200);
    }

    @Test
    void shouldKeepTheCopyWhenOnlyThePolicyChanges() {
        // given
        RedisProcess one = redis();
        start(limits("one", one, null) + ", on_redis_failure: closed");
        upstream.enqueue(Reply.chat("Hello", 9, 891));
        Eventually.holds("Redis responds", () -> send(900) == 200);
        Eventually.holds("the call is settled", () -> gateway.metric("gateway_reservations_open") == 0);

        // when
        reload(limits("one", one, null) + ", on_redis_failure: local");
        one.kill();

        // then
        assertThat(send(200)).isEqualTo(429);
        assertThat(send(60)).isEqualTo(200);
    }

    @Test
    void shouldReportTheActiveRedisOnly() {
        // given
        RedisProcess one = RedisProcess.stopped();
        RedisProcess other = RedisProcess.stopped();
        RedisProcess last = redis();
        open.addAll(List.of(one, other));
        start(limits("one", one, null));
        upstream.enqueue(Reply.chatStream("Hello").stallAfter(2));
        RawClient waiting = RawClient.connect(gateway.port()).post("/v1/chat/completions", body(100).replaceFirst("\\{", "{\"stream\":true,"));
        waiting.head();
        reload(limits("one", other, null));
        Eventually.holds("both losses are reported", () -> log.linesWith("Redis is unavailable").size() == 2);

        // when
        one.start();
        Eventually.holds("the first Redis receives heartbeats again", () -> one.callsOf("zadd") >= 4);

        // then
        assertThat(health()).contains("\"away\"");
        assertThat(log.linesWith("Redis is back")).isEmpty();
        reload(limits("one", last, null));
        assertThat(health()).contains("\"ok\"");
        Eventually.holds("the return is reported", () -> log.linesWith("Redis is back").size() == 1);
        waiting.abort();
    }

    private RedisProcess redis() {
        RedisProcess redis = RedisProcess.started();
        open.add(redis);
        return redis;
    }

    private static String limits(String place, RedisProcess one, RedisProcess other) {
        String url = place.equals("memory") ? "" : place.equals("one") ? one.url() : other.url();
        return "tpm: 1000, redis_url: \"" + url + "\"";
    }

    private void start(String limits) {
        gateway = TestGateway.start(settings(limits));
    }

    private void reload(String limits) {
        try {
            Files.writeString(gateway.settingsFile(), settings(limits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    private String settings(String limits) {
        return "admin: { watch_files: false }\nrate_limit: { " + limits + " }\ninstances:\n"
                + "  - { name: first, provider_type: generic, api_key: k, api_base: \"" + upstream.uri() + "\" }\n";
    }

    private String health() {
        return gateway.get("/stats/health").body().lines().filter(line -> line.contains("\"redis\"")).findFirst().orElseThrow();
    }

    private int send(int tokens) {
        return gateway.post("/v1/chat/completions", body(tokens)).statusCode();
    }

    /** Reserves that many tokens, 9 of them for the prompt. */
    private static String body(int tokens) {
        return "{\"model\":\"gpt-4o\",\"max_tokens\":" + (tokens - 9) + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }
}
