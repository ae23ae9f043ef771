package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The limiter while a real Redis is down, killed, stopped, restarted or emptied. */
class RedisUnavailableTest extends LimitersOnRedis {

    @Test
    void shouldAdmitItsShareIfRedisIsDownAtStart() {
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
        assertThat(reserve(limiter, 1)).as("its own window is still full").isInstanceOf(Decision.Refused.class);
    }

    @Test
    void shouldKnowItsOwnUsageWhenRedisIsKilled() {
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
    void shouldWaitNoLongerThanOneTimeoutAndOneLookWhenRedisIsStopped() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL, TIMEOUT_MILLIS);
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
            assertThat(heard).containsExactly("lost: it did not respond in time", "back");
            assertThat(lost).hasSize(1);
            assertThat(first).as("150 and 500 ms").isLessThan(900);
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
        Eventually.holds("1 alert", () -> heard.size() == 1);
        redis.start();
        Eventually.holds("2 alerts", () -> heard.size() == 2);

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void shouldNotAdmitTwiceAfterRedisWasEmptied() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);
        assertAdmits(limiter, LIMIT);

        // when
        redis.command("FLUSHALL");
        Eventually.holds("the gateway notices that Redis was emptied", links.get(0)::isStrict);

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Decision.Refused.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldReplaceAGatewaysKeyOfAnotherType() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        limiter(redis.url(), OnRedisFailure.CLOSED);

        // when
        redis.command("SET {tpm}:gateways text");

        // then
        Eventually.holds("the key is a sorted set again", () -> redis.command("TYPE {tpm}:gateways").equals("+zset"));
        assertThat(heard).isEmpty();
    }
}
