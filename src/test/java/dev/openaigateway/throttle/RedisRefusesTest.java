package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Redis responds, but with errors or late. */
class RedisRefusesTest extends GatewayOnRedis {

    @Test
    void shouldNotNoticeThatScriptsWereFlushed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");

        Tries.oneOf(6, () -> {
            awaitServed(50);
            int reported = reported().size();

            // when
            redis.command("SCRIPT FLUSH");

            // then
            serveFour();
            assertThat(reported()).hasSize(reported);
        });
    }

    @ParameterizedTest
    @CsvSource({"REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE", "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0"})
    void shouldServeWhenRedisRejectsWrites(String fault, String cure) {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        assertServes();

        // when
        redis.command(fault);

        // then
        assertServes();
        assertReportedOnce(LOST);
        redis.command(cure);
        assertReportedOnce(BACK);
    }

    @Test
    void shouldServeWithAWrongPassword() {
        // given
        RedisProcess redis = keep(RedisProcess.started("--requirepass", "right-secret"));
        start("redis://:wrong-secret@127.0.0.1:" + redis.port(), "local");

        // then
        assertServes();
        assertReportedOnce(LOST);
        assertThat(log.linesWith("wrong-secret")).isEmpty();
    }

    @Test
    void shouldServeWhenRedisIsSlow() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        start("redis://127.0.0.1:" + proxy.port(), "local");
        assertServes();

        // when
        proxy.delay(200);

        // then
        assertServes();
        assertReportedOnce(LOST);
        proxy.delay(0);
        assertReportedOnce(BACK);
    }

    @Test
    void shouldWaitOnceForAllLimitsTogetherWhenRedisIsSlow() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        gateway = TestGateway.start("rate_limit: { tpm: 100000, redis_url: \"redis://127.0.0.1:%d\" }%nrouting: { strategy: least_loaded }%ninstances:%n"
                .formatted(proxy.port()) + instance("first", upstream, 1, ", max_tpm: 10") + instance("second", upstream, 2, ", max_tpm: 10")
                + instance("third", upstream, 3, ", max_tpm: 10") + instance("last", upstream, 4, ", max_tpm: 100000"));
        assertServes();

        Tries.oneOf(6, () -> {
            proxy.delay(0);
            Eventually.holds("Redis responds", () -> gateway.get("/stats/health").body().matches("(?s).*\"redis\": *\"ok\".*"));

            // when
            proxy.delay(100);

            // then
            serveFour();
        });
    }

    @Test
    void shouldReplaceAWindowWhoseKeyHasAnotherType() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");

        Tries.oneOf(6, () -> {
            awaitServed(50);
            int reported = reported().size();

            // when
            redis.command("SET {tpm}:w:gateway spoiled");

            // then
            serveFour();
            assertThat(reported()).hasSize(reported);
        });
    }
}
