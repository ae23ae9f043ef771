package dev.openaigateway.throttle;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.SlowProxy;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import static dev.openaigateway.throttle.Ask.header;
import static dev.openaigateway.throttle.Ask.instance;
import static dev.openaigateway.throttle.Ask.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** Redis fails in every way it can, and the gateway goes on as it was told. */
class RedisFaultsTest {

    /** One timeout of Redis is 150 ms; the rest is for a busy machine. */
    private static final Duration BOUND = Duration.ofMillis(600);
    private static final String LOST = "Redis is away";
    private static final String BACK = "Redis is back";

    private final CapturedLog log = new CapturedLog();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(log, upstream));
    private TestGateway gateway;

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldStartAndServeWithRedisDown_R01() {
        // given
        RedisProcess redis = keep(RedisProcess.stopped());
        start(redis.url(), "local");

        // then
        assertServes();
        assertToldOnce(LOST);
        redis.start();
        assertToldOnce(BACK);
        assertServes();
    }

    @Test
    void shouldKeepToItsShareWhenRedisIsKilled_R02_local() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        reserving(gateway, 400);

        // when
        redis.kill();

        // then
        assertServes();
        HttpResponse<String> tooMuch = reserving(gateway, 1_000);
        assertThat(tooMuch.statusCode()).isEqualTo(429);
        assertThat(header(tooMuch, "retry-after-ms")).isNotNull();
        assertToldOnce(LOST);
        redis.start();
        assertToldOnce(BACK);
        assertServes();
    }

    @Test
    void shouldRefuseWhenRedisIsKilled_R02_closed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");
        assertThat(reserving(gateway, 100).statusCode()).isEqualTo(200);

        // when
        redis.kill();

        // then
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = reserving(gateway, 100);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("rate_limiter_unavailable");
            assertThat(header(answer, "retry-after")).isEqualTo("1");
        }
        assertToldOnce(LOST);
        redis.start();
        assertToldOnce(BACK);
        assertServes();
    }

    @Test
    void shouldRefuseWhereOnlyInstancesAreLimited_R02_closed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        gateway = TestGateway.start("rate_limit: { redis_url: \"" + redis.url() + "\", on_redis_failure: closed }\ninstances:\n"
                + instance("first", upstream, 1, ", max_tpm: 1000"));

        // when
        redis.kill();

        // then
        HttpResponse<String> answer = reserving(gateway, 100);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("rate_limiter_unavailable");
    }

    @Test
    void shouldLetEverythingInWhenRedisIsKilled_R02_open() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "open");

        // when
        redis.kill();

        // then
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = reserving(gateway, 900);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "x-ratelimit-limit-tokens")).isNull();
        }
        assertToldOnce(LOST);
    }

    @Test
    void shouldWaitNoLongerThanOneTimeoutWhenRedisIsStopped_R03() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        assertServes();

        // when
        redis.pause();

        // then
        assertServes();
        assertToldOnce(LOST);
        redis.resume();
        assertToldOnce(BACK);
    }

    @Test
    void shouldNotForgetWhenRedisIsRestartedEmpty_R04() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        gateway.post("/v1/chat/completions", Ask.body(900));
        Ask.awaitSettled(gateway);

        // when
        redis.kill();
        assertToldOnce(LOST);
        redis.start();
        assertToldOnce(BACK);

        // then
        assertThat(reserving(gateway, 1_000).statusCode()).as("21 of 1,000 are used").isEqualTo(429);
        assertServes();
    }

    @Test
    void shouldNotNoticeThatScriptsWereFlushed_R05() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");
        assertServes();

        // when
        redis.command("SCRIPT FLUSH");

        // then
        assertServes();
        assertThat(log.linesWith(LOST)).isEmpty();
    }

    @Test
    void shouldServeWhenRedisIsReadOnly_R06() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        assertServes();

        // when
        redis.command("REPLICAOF 127.0.0.1 1");

        // then
        assertServes();
        assertToldOnce(LOST);
        redis.command("REPLICAOF NO ONE");
        assertToldOnce(BACK);
    }

    @Test
    void shouldServeWhenRedisIsOutOfMemory_R07() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        assertServes();

        // when
        redis.command("CONFIG SET maxmemory 1");

        // then
        assertServes();
        assertToldOnce(LOST);
        redis.command("CONFIG SET maxmemory 0");
        assertToldOnce(BACK);
    }

    @Test
    void shouldServeWithAWrongPassword_R08() {
        // given
        RedisProcess redis = keep(RedisProcess.started("--requirepass", "right-secret"));
        start("redis://:wrong-secret@127.0.0.1:" + redis.port(), "local");

        // then
        assertServes();
        assertToldOnce(LOST);
        assertThat(log.linesWith("wrong-secret")).isEmpty();
    }

    @Test
    void shouldServeWhenRedisIsSlow_R09() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        start("redis://127.0.0.1:" + proxy.port(), "local");
        assertServes();

        // when
        proxy.delay(200);

        // then
        assertServes();
        assertToldOnce(LOST);
        proxy.delay(0);
        assertToldOnce(BACK);
    }

    @Test
    void shouldMakeItsWindowAnewWhenItsKeyIsOfAnotherType_R11() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");
        assertServes();

        // when
        redis.command("SET {tpm}:w:gateway spoiled");

        // then
        assertServes();
        assertThat(log.linesWith(LOST)).isEmpty();
    }

    private void start(String redisUrl, String policy) {
        gateway = TestGateway.start("rate_limit: { tpm: 1000, redis_url: \"%s\", on_redis_failure: %s }%ninstances:%n"
                .formatted(redisUrl, policy) + instance("first", upstream, 1, ""));
    }

    private void assertServes() {
        for (int i = 0; i < 4; i++) {
            long begin = System.nanoTime();
            assertThat(reserving(gateway, 50).statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
            Ask.awaitSettled(gateway);
        }
    }

    private void assertToldOnce(String what) {
        await(() -> !log.linesWith(what).isEmpty());
        assertThat(log.linesWith(what)).hasSize(1).first().asString().startsWith("alert: ");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it took too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
