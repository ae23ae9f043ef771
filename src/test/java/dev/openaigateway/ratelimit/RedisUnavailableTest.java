package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Redis that fails in every way it can, and what the limiter then does. */
class RedisUnavailableTest extends LimitersOnRedis {

    @Test
    void shouldAdmitItsShareWhenRedisIsDownAtStart() {
        // given
        RedisProcess redis = keep(RedisProcess.stopped());

        // when
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);

        // then
        assertThat(heard).hasSize(1).first().asString().startsWith("lost: no connection");
        assertAdmits(limiter, LIMIT);
        redis.start();
        Eventually.holds("2 alerts", () -> heard.size() == 2);
        assertThat(heard.get(1)).isEqualTo("back");
        assertThat(reserve(limiter, 1)).as("the own window is still full").isInstanceOf(Admission.Refusal.class);
    }

    @Test
    void shouldKnowItsOwnUseWhenRedisIsKilled() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);
        reserve(limiter, 600);

        // when
        redis.kill();

        // then
        assertAdmits(limiter, 400);
        assertThat(heard).hasSize(1);
    }

    @Test
    void shouldShareTheLimitAmongGatewaysWhenRedisIsKilled() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter one = limiter(redis.url(), OnRedisFailure.LOCAL);
        TokenLimiter two = limiter(redis.url(), OnRedisFailure.LOCAL);
        awaitAllSeeEachOther();

        // when
        redis.kill();

        // then
        assertAdmits(one, LIMIT / 2);
        assertAdmits(two, LIMIT / 2);
    }

    @Test
    void shouldWaitNoLongerThanOneTimeoutWhenRedisIsStopped() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL, RedisWindowStore.TIMEOUT_MILLIS);
        reserve(limiter, 100);

        Tries.oneOfThree(() -> {
            awaitAllUp();
            heard.clear();

            // when
            redis.pause();
            long first = millisOf(() -> reserve(limiter, 100));
            long next = millisOf(() -> {
                reserve(limiter, 100);
                limiter.used(List.of("global"));
            });
            List<String> lost = List.copyOf(heard);
            redis.resume();

            // then
            Eventually.holds("2 alerts", () -> heard.size() == 2);
            assertThat(heard).containsExactly("lost: it did not answer in time", "back");
            assertThat(lost).hasSize(1);
            assertThat(first).isLessThan(2 * RedisWindowStore.TIMEOUT_MILLIS);
            assertThat(next).isLessThan(100);
        });
    }

    @Test
    void shouldNotAdmitTwiceWhenRedisIsRestartedEmpty() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);
        assertAdmits(limiter, LIMIT);

        // when
        redis.kill();
        Eventually.holds("1 alerts", () -> heard.size() == 1);
        redis.start();
        Eventually.holds("2 alerts", () -> heard.size() == 2);

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
    }

    @Test
    void shouldNotAdmitTwiceWhenRedisWasEmptiedUnnoticed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);
        assertAdmits(limiter, LIMIT);

        // when
        redis.command("FLUSHALL");
        Eventually.holds("the gateway finds itself forgotten", links.get(0)::isStrict);

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheKeyOfTheGatewaysIsOfAnotherType() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        limiter(redis.url(), OnRedisFailure.CLOSED);

        // when
        redis.command("SET {tpm}:gateways text");

        // then
        Eventually.holds("it counts the gateways anew", () -> redis.command("TYPE {tpm}:gateways").equals("+zset"));
        assertThat(heard).isEmpty();
    }
}
