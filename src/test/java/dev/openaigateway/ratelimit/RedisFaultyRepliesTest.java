package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The policies under a Redis that replies with errors. */
class RedisFaultyRepliesTest extends LimitersOnRedis {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "REPLICAOF 127.0.0.1 1  | it responded with READONLY",
        "CONFIG SET maxmemory 1 | it responded with an error (RedisOutOfMemoryException)"})
    void shouldContinueIfRedisRefusesWrites(String command, String reason) {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.LOCAL);

        // when
        redis.command(command);

        // then
        assertAdmits(limiter, LIMIT);
        assertThat(heard).containsExactly("lost: " + reason);
    }

    @Test
    void shouldContinueIfThePasswordIsWrong() {
        // given
        RedisProcess redis = keep(RedisProcess.started("--requirepass", "right"));

        // when
        TokenLimiter limiter = limiter("redis://:wr0ng@127.0.0.1:" + redis.port(), OnRedisFailure.LOCAL);

        // then
        assertAdmits(limiter, LIMIT);
        assertThat(heard).hasSize(1).first().asString().startsWith("lost: ").doesNotContain("wr0ng");
        assertAdmits(limiter("redis://:right@127.0.0.1:" + redis.port() + "/2", OnRedisFailure.CLOSED), LIMIT);
    }

    @Test
    void shouldBackOffFromAnUnstableRedis() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        limiter(redis.url(), OnRedisFailure.LOCAL);

        for (int needed = 2; needed <= 8; needed *= 2) {
            // when
            redis.command("REPLICAOF 127.0.0.1 1");
            Eventually.holds("Redis is unavailable", () -> !links.get(0).isUp());
            long before = redis.callsOf("zadd");
            redis.command("REPLICAOF NO ONE");
            awaitAllUp();

            // then
            assertThat(redis.callsOf("zadd") - before).as("beats until Redis is back").isGreaterThanOrEqualTo(needed);
        }
        assertThat(heard).hasSize(6);
    }

    @Test
    void shouldRefuseAllUnderPolicyClosed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.CLOSED);

        // when
        redis.kill();

        // then
        assertThat(reserve(limiter, 1)).isEqualTo(new Decision.Unavailable());
    }

    @Test
    void shouldAdmitAllUnderPolicyOpen() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.OPEN);

        // when
        redis.kill();

        // then
        assertThat(reserve(limiter, LIMIT)).isInstanceOf(Reservation.class);
        assertThat(reserve(limiter, LIMIT)).isInstanceOfSatisfying(Reservation.class, Reservation::giveBack);
    }

    @Test
    void shouldSettleOnRedisForAllGateways() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter one = limiter(redis.url(), OnRedisFailure.LOCAL);
        TokenLimiter two = limiter(redis.url(), OnRedisFailure.LOCAL);
        Reservation reservation = (Reservation) reserve(one, LIMIT);

        // when
        reservation.settle(100);

        // then
        Eventually.holds("the usage is settled", () -> two.used(List.of("global")).get("global") == 100);
        assertAdmits(two, LIMIT - 100);
    }
}
