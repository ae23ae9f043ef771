package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisClients;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** Redis fails in different ways, and the gateway follows its failure policy. */
class RedisFaultsTest extends GatewayOnRedis {

    @Test
    void shouldStartAndServeWithRedisDown() {
        // given
        RedisProcess redis = keep(RedisProcess.stopped());
        start(redis.url(), "local");

        // then
        assertServes();
        assertReportedOnce(LOST);
        assertThat(gateway.get("/admin/alerts?kind=redis_lost").body()).contains(LOST);
        assertThat(gateway.metric("gateway_redis_up")).isZero();
        redis.start();
        assertReportedOnce(BACK);
        assertServes();
        Eventually.holds("the metric tells it", () -> gateway.metric("gateway_redis_up") == 1);
    }

    @Test
    void shouldTellThatRedisTakesNoMoreClients() {
        // given
        RedisProcess redis = keep(RedisProcess.started("--maxclients", "9"));
        keep(new RedisClients(redis, 9));
        start(redis.url().replace("redis://", "redis://:s3cret-word@"), "local");

        // then
        assertServes();
        assertReportedOnce("it takes no more clients (maxclients)");
        assertThat(gateway.get("/admin/alerts?kind=redis_lost").body()).contains("maxclients");
        assertThat(log.linesWith("s3cret-word")).isEmpty();
    }

    @Test
    void shouldKeepToItsShareWhenRedisIsKilled() {
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
        assertReportedOnce(LOST);
        redis.start();
        assertReportedOnce(BACK);
        assertServes();
    }

    @Test
    void shouldRefuseWhenRedisIsKilled() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "closed");
        awaitServed(100);

        // when
        redis.kill();

        // then
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = reserving(gateway, 100);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("rate_limiter_unavailable");
            assertThat(header(response, "retry-after")).isEqualTo("1");
        }
        assertReportedOnce(LOST);
        redis.start();
        assertReportedOnce(BACK);
        awaitServed(50);
    }

    @Test
    void shouldRefuseWhenOnlyInstancesAreLimited() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        gateway = TestGateway.start("rate_limit: { redis_url: \"" + redis.url() + "\", on_redis_failure: closed }\ninstances:\n"
                + instance("first", upstream, 1, ", max_tpm: 1000"));

        // when
        redis.kill();

        // then
        HttpResponse<String> response = reserving(gateway, 100);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("rate_limiter_unavailable");
    }

    @Test
    void shouldAdmitEverythingWhenRedisIsKilled() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "open");

        // when
        redis.kill();

        // then
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> response = reserving(gateway, 900);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "x-ratelimit-limit-tokens")).isNull();
        }
        assertReportedOnce(LOST);
    }

    @Test
    void shouldWaitNoLongerThanOneTimeoutWhenRedisIsStopped() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        assertServes();

        // when
        redis.pause();

        // then
        assertServes();
        assertReportedOnce(LOST);
        redis.resume();
        assertReportedOnce(BACK);
    }

    @Test
    void shouldNotForgetWhenRedisIsRestartedEmpty() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        start(redis.url(), "local");
        gateway.post("/v1/chat/completions", PricedRequest.body(900));
        PricedRequest.awaitSettled(gateway);

        // when
        redis.kill();
        assertReportedOnce(LOST);
        redis.start();
        assertReportedOnce(BACK);

        // then
        assertThat(reserving(gateway, 1_000).statusCode()).as("21 of 1,000 are used").isEqualTo(429);
        assertServes();
    }
}
