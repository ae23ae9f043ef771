package dev.openaigateway.tokens;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What two gateways admit in any 60 seconds, in virtual time, when both take all that they can get and Redis is lost meanwhile. */
class BoundTest extends LimitersOnRedis {

    private static final long AMOUNT = 50;
    private static final long MINUTE = 60_000;

    private final MutableClock clock = new MutableClock();
    private final List<Long> admitted = new ArrayList<>();
    private RedisProcess redis;
    private SlowProxy wayOfOne;

    @BeforeEach
    void start() {
        redis = keep(RedisProcess.started());
        wayOfOne = keep(new SlowProxy(redis.port()));
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, 1000", "LOCAL, 1500"})
    void shouldAddTheShareOfTheGatewayThatAloneLostRedis(OnRedisAway policy, long bound) {
        // given
        TokenLimiter one = limiter("redis://127.0.0.1:" + wayOfOne.port(), policy, 200, Optional.of(clock));
        TokenLimiter other = limiter(redis.url(), policy, 3000, Optional.of(clock));
        awaitAllSeeEachOther();
        takeAll(100, one, other);

        // when
        wayOfOne.delay(1000);
        takeAll(200, one, other);
        wayOfOne.delay(0);
        Eventually.holds("Redis is back", () -> heard.contains("back"));
        takeAll(200, one, other);

        // then
        assertThat(mostInAMinute(admitted)).isEqualTo(bound);
    }

    @Test
    void shouldAdmitLessThanTwiceTheLimitOnceAndThenTheLimitWhenAllLoseRedis() {
        // given
        TokenLimiter one = limiter(redis.url(), OnRedisAway.LOCAL, 3000, Optional.of(clock));
        TokenLimiter other = limiter(redis.url(), OnRedisAway.LOCAL, 3000, Optional.of(clock));
        awaitAllSeeEachOther();
        takeAll(1, one);

        // when
        redis.kill();
        takeAll(300, one, other);

        // then
        assertThat(mostInAMinute(admitted)).as("one had used it all").isEqualTo(LIMIT + LIMIT / 2);
        long afterTheLoss = admitted.get(0) + MINUTE;
        assertThat(mostInAMinute(admitted.stream().filter(at -> at > afterTheLoss).toList())).isEqualTo(LIMIT);
    }

    @Test
    void shouldHoldNothingWhenOpen() {
        // given
        TokenLimiter one = limiter(redis.url(), OnRedisAway.OPEN, 3000, Optional.of(clock));
        redis.kill();

        // then
        for (long sum = 0; sum <= 5 * LIMIT; sum += LIMIT) {
            assertThat(reserve(one, LIMIT)).isInstanceOf(Reservation.class);
        }
    }

    private void takeAll(int seconds, TokenLimiter... limiters) {
        for (int second = 0; second < seconds; second++) {
            for (TokenLimiter limiter : limiters) {
                while (reserve(limiter, AMOUNT) instanceof Reservation) {
                    admitted.add(clock.millis());
                }
            }
            clock.advance(1000);
        }
    }

    private static long mostInAMinute(List<Long> times) {
        long most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= MINUTE) {
                first++;
            }
            most = Math.max(most, (last - first + 1) * AMOUNT);
        }
        return most;
    }
}
