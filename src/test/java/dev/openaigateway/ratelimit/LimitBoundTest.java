package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The maximum that gateways admit in any 60 seconds, in virtual time, if all reserve as much as possible and Redis is lost. */
class LimitBoundTest extends LimitersOnRedis {

    private static final long AMOUNT = 50;
    private static final long MINUTE = 60_000;

    private final MutableClock clock = new MutableClock();
    private final List<Long> admitted = new ArrayList<>();
    private RedisProcess redis;
    private SlowProxy proxyOfOne;
    private SlowProxy proxyOfOthers;

    @BeforeEach
    void start() {
        redis = keep(RedisProcess.started());
        proxyOfOne = keep(new SlowProxy(redis.port()));
        proxyOfOthers = keep(new SlowProxy(redis.port()));
    }

    /** A fault that hits all gateways at once and ends for one after the other. */
    private enum Fault {
        OUT_OF_REACH {
            @Override
            void begin(LimitBoundTest test) throws IOException {
                test.proxyOfOne.close();
            }

            @Override
            void end(LimitBoundTest test) throws IOException {
                test.reopen(test.proxyOfOne);
            }
        },
        RESTARTED_EMPTY {
            @Override
            void begin(LimitBoundTest test) throws IOException {
                OUT_OF_REACH.begin(test);
                test.redis.kill();
            }

            @Override
            void end(LimitBoundTest test) throws IOException {
                test.redis.start();
                OUT_OF_REACH.end(test);
            }
        },
        READ_ONLY {
            @Override
            void begin(LimitBoundTest test) {
                test.redis.command("REPLICAOF 127.0.0.1 1");
            }

            @Override
            void end(LimitBoundTest test) {
                test.redis.command("REPLICAOF NO ONE");
            }
        };

        abstract void begin(LimitBoundTest test) throws IOException;

        abstract void end(LimitBoundTest test) throws IOException;
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_REACH, 2", "RESTARTED_EMPTY, 2", "READ_ONLY, 2", "RESTARTED_EMPTY, 3"})
    void shouldAdmitNoMoreThanTheLimitIfOneGatewayReconnectsFirst(Fault fault, int count) throws IOException {
        // given
        TokenLimiter[] limiters = new TokenLimiter[count];
        for (int i = 0; i < count; i++) {
            SlowProxy proxy = i == 0 ? proxyOfOne : proxyOfOthers;
            limiters[i] = limiter("redis://127.0.0.1:" + proxy.port(), OnRedisFailure.LOCAL, 3000, Optional.of(clock));
        }
        awaitAllSeeEachOther();
        proxyOfOthers.close();
        fault.begin(this);
        long lost = clock.millis();
        takeAll(200, limiters);

        // when
        Eventually.holds("Redis has forgotten the gateways", this::gatewaysAreForgotten);
        fault.end(this);
        Eventually.holds("the first is back", links.get(0)::isUp);
        takeAll(1, limiters);
        reopen(proxyOfOthers);
        awaitAllUp();
        awaitAllSeeEachOther();
        takeAll(200, limiters);

        // then
        assertThat(maxInAMinute(admitted.stream().filter(at -> at > lost + MINUTE).toList())).as(heard.toString()).isBetween(LIMIT * 9 / 10, LIMIT);
    }

    private void reopen(SlowProxy proxy) throws IOException {
        keep(new SlowProxy(new ServerSocket(proxy.port(), 50, InetAddress.getLoopbackAddress()), redis.port()));
    }

    private boolean gatewaysAreForgotten() {
        try {
            return redis.command("EXISTS {tpm}:gateways").equals(":0");
        } catch (UncheckedIOException down) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, 1000", "LOCAL, 1500"})
    void shouldAddTheShareOfASingleGatewayThatLostRedis(OnRedisFailure policy, long bound) {
        // given
        TokenLimiter one = limiter("redis://127.0.0.1:" + proxyOfOne.port(), policy, 200, Optional.of(clock));
        TokenLimiter other = limiter(redis.url(), policy, 3000, Optional.of(clock));
        awaitAllSeeEachOther();
        takeAll(100, one, other);

        // when
        proxyOfOne.delay(1000);
        takeAll(200, one, other);
        proxyOfOne.delay(0);
        Eventually.holds("Redis is back", () -> heard.contains("back"));
        takeAll(200, one, other);

        // then
        assertThat(maxInAMinute(admitted)).isEqualTo(bound);
    }

    @Test
    void shouldAdmitLessThanTwiceTheLimitOnceIfAllLoseRedis() {
        // given
        TokenLimiter one = limiter(redis.url(), OnRedisFailure.LOCAL, 3000, Optional.of(clock));
        TokenLimiter other = limiter(redis.url(), OnRedisFailure.LOCAL, 3000, Optional.of(clock));
        awaitAllSeeEachOther();
        takeAll(1, one);

        // when
        redis.kill();
        takeAll(300, one, other);

        // then
        assertThat(maxInAMinute(admitted)).as("one gateway had used the whole limit").isEqualTo(LIMIT + LIMIT / 2);
        long afterTheLoss = admitted.get(0) + MINUTE;
        assertThat(maxInAMinute(admitted.stream().filter(at -> at > afterTheLoss).toList())).isEqualTo(LIMIT);
    }

    @Test
    void shouldNotLimitUnderPolicyOpen() {
        // given
        TokenLimiter one = limiter(redis.url(), OnRedisFailure.OPEN, 3000, Optional.of(clock));
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

    private static long maxInAMinute(List<Long> times) {
        long max = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= MINUTE) {
                first++;
            }
            max = Math.max(max, (last - first + 1) * AMOUNT);
        }
        return max;
    }
}
