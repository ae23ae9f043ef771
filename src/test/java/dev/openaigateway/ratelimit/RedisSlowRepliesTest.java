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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Redis whose replies are late. */
class RedisSlowRepliesTest extends LimitersOnRedis {

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
            proxy.delay(1000);
            long first = millisOf(() -> reserve(limiter, 100));
            long next = millisOf(() -> reserve(limiter, 100));

            // then
            assertThat(heard).containsExactly("lost: it did not respond in time");
            assertThat(first).as("one timeout and one look").isBetween(600L, 900L);
            assertThat(next).isLessThan(100);
        });
    }

    @Test
    void shouldContinueIfRedisIsAlwaysSlowerThanTheTimeout() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        TokenLimiter limiter = limiter("redis://127.0.0.1:" + proxy.port(), OnRedisFailure.LOCAL, TIMEOUT_MILLIS);
        awaitAllUp();
        heard.clear();

        // when
        proxy.delay(300);

        // then
        Eventually.holds("Redis is lost", () -> {
            reserve(limiter, 1);
            return heard.contains("lost: it did not respond in time");
        });
    }

    @Test
    void shouldNotTakeAPauseOfRedisForALoss() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisFailure.CLOSED, TIMEOUT_MILLIS);
        reserve(limiter, 100);

        Tries.oneOfThree(() -> {
            awaitAllUp();
            heard.clear();

            // when
            redis.pause();
            threads.schedule(redis::resume, 3 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            Admission late = reserve(limiter, 100);

            // then
            assertThat(late).isInstanceOf(Reservation.class);
            assertThat(heard).isEmpty();
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
    void shouldUseAnotherTimeoutFromTheNextCallOn() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        RedisWindowStore store = keep(new RedisWindowStore(
                RedisAddress.parse("redis://127.0.0.1:" + proxy.port()), Duration.ofSeconds(30), Optional.empty()));
        store.beat("test", 1000).toCompletableFuture().join();
        proxy.delay(5000);

        // when
        store.setTimeout(Duration.ofMillis(100));
        long waited = millisOf(() -> assertThatThrownBy(() -> store.await(store.beat("test", 1000))).isInstanceOf(RedisUnavailableException.class));

        // then
        assertThat(waited).isLessThan(4000);
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
            threads.forEach(RedisSlowRepliesTest::join);

            // then
            assertThat(heard).isEmpty();
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
