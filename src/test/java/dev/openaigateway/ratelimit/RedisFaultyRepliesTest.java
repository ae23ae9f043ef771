package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.RedisUnavailableException;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The policies under a Redis that replies with errors or slowly. */
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
    void shouldContinueIfRedisIsSlow() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        TokenLimiter limiter = limiter("redis://127.0.0.1:" + proxy.port(), OnRedisFailure.LOCAL, TIMEOUT_MILLIS);

        Tries.oneOfThree(() -> {
            proxy.delay(0);
            awaitAllUp();
            heard.clear();

            // when
            proxy.delay(400);
            long first = millisOf(() -> reserve(limiter, 100));
            long next = millisOf(() -> reserve(limiter, 100));

            // then
            assertThat(heard).containsExactly("lost: it did not respond in time");
            assertThat(first).isLessThan(3 * TIMEOUT_MILLIS);
            assertThat(next).isLessThan(100);
        });
    }

    @Test
    void shouldNotTakeOneLateReplyForALoss() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.CLOSED, 3000);
        reserve(limiter, 100);

        // when
        redis.pause();
        threads.schedule(redis::resume, 3100, TimeUnit.MILLISECONDS);
        Admission late = reserve(limiter, 100);

        // then
        assertThat(late).isInstanceOf(Reservation.class);
        assertThat(heard).isEmpty();
        assertAdmits(limiter, LIMIT - 200);
    }

    @Test
    void shouldWaitNoLongerThanTwoTimeoutsPerRequest() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        RedisWindowStore store = keep(new RedisWindowStore(
                RedisAddress.parse("redis://127.0.0.1:" + proxy.port()), Duration.ofMillis(500), Optional.empty()));
        List<Charge> charges = List.of(Charge.tokens("global", 1, LIMIT));
        store.beat("test", 1000).toCompletableFuture().join();

        Tries.oneOfThree(() -> {
            // when
            proxy.delay(400);
            RedisTimeBudget budget = new RedisTimeBudget();
            assertThatCode(() -> {
                store.reserve(charges, budget);
                store.reserve(charges, budget);
            }).doesNotThrowAnyException();
            long last = millisOf(() -> assertThatThrownBy(() -> store.reserve(charges, budget)).isInstanceOf(RedisUnavailableException.class));

            // then
            assertThat(last).as("the rest of 1,000 ms after two waits of 400 ms").isBetween(0L, 300L);
            assertThat(store.reserve(charges, new RedisTimeBudget())).isInstanceOf(Decision.Admitted.class);
        });
    }

    @Test
    void shouldReturnToARedisWhoseRepliesTakeMostOfTheTimeout() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        limiter("redis://127.0.0.1:" + proxy.port(), OnRedisFailure.LOCAL, 3000);
        awaitAllUp();
        redis.command("REPLICAOF 127.0.0.1 1");
        Eventually.holds("Redis is unavailable", () -> !links.get(0).isUp());
        proxy.delay(1600);

        // when
        redis.command("REPLICAOF NO ONE");

        // then
        awaitAllUp();
    }

    @Test
    void shouldSendManyRequestsAtOnceIfRepliesAreSlow() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        TokenLimiter limiter = limiter("redis://127.0.0.1:" + proxy.port(), OnRedisFailure.LOCAL, 600);

        Tries.oneOfThree(() -> {
            proxy.delay(0);
            awaitAllUp();
            heard.clear();

            // when
            proxy.delay(350);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(new Thread(() -> reserve(limiter, 1)));
            }
            threads.forEach(Thread::start);
            threads.forEach(RedisFaultyRepliesTest::join);

            // then
            assertThat(heard).isEmpty();
        });
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
        assertThat(reserve(limiter, 1)).isEqualTo(new Admission.Unavailable());
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

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
