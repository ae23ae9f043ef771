package dev.openaigateway.tokens;

import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Redis that fails in every way it can, and what the limiter then does. */
class RedisAwayTest {

    private static final Duration BEAT = Duration.ofMillis(100);
    private static final long LIMIT = 1000;

    private final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldAdmitItsShareWhenRedisIsDownAtStart_R01() {
        // given
        RedisProcess redis = keep(RedisProcess.stopped());

        // when
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);

        // then
        assertThat(heard).hasSize(1).first().asString().startsWith("lost: no connection");
        assertAdmits(limiter, LIMIT);
        redis.start();
        await(() -> heard.size() == 2);
        assertThat(heard.get(1)).isEqualTo("back");
        assertThat(reserve(limiter, 1)).as("the own window is still full").isInstanceOf(Admission.Refusal.class);
    }

    @Test
    void shouldKnowItsOwnUseWhenRedisIsKilled_R02() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);
        reserve(limiter, 600);

        // when
        redis.kill();

        // then
        assertAdmits(limiter, 400);
        assertThat(heard).hasSize(1);
    }

    @Test
    void shouldShareTheLimitAmongGatewaysWhenRedisIsKilled_R02() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter one = limiter(redis.url(), OnRedisAway.LOCAL);
        TokenLimiter two = limiter(redis.url(), OnRedisAway.LOCAL);
        LockSupport.parkNanos(3 * BEAT.toNanos());

        // when
        redis.kill();

        // then
        assertAdmits(one, LIMIT / 2);
        assertAdmits(two, LIMIT / 2);
    }

    @Test
    void shouldWaitNoLongerThanOneTimeoutWhenRedisIsStopped_R03() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL, RedisWindowStore.TIMEOUT_MILLIS);
        reserve(limiter, 100);

        // when
        redis.pause();

        // then
        assertThat(millisOf(() -> reserve(limiter, 100))).isLessThan(2 * RedisWindowStore.TIMEOUT_MILLIS);
        assertThat(millisOf(() -> {
            reserve(limiter, 100);
            limiter.used(List.of("global"));
        })).isLessThan(100);
        assertThat(heard).containsExactly("lost: it did not answer in time");
        redis.resume();
        await(() -> heard.size() == 2);
        assertThat(heard.get(1)).isEqualTo("back");
    }

    @Test
    void shouldNotAdmitTwiceWhenRedisIsRestartedEmpty_R04() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);
        assertAdmits(limiter, LIMIT);

        // when
        redis.kill();
        await(() -> heard.size() == 1);
        redis.start();
        await(() -> heard.size() == 2);

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
    }

    @Test
    void shouldNotAdmitTwiceWhenRedisWasEmptiedUnnoticed_R04() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);
        assertAdmits(limiter, LIMIT);

        // when
        redis.command("FLUSHALL");
        LockSupport.parkNanos(3 * BEAT.toNanos());

        // then
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldGoOnWhenRedisIsReadOnly_R06() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);

        // when
        redis.command("REPLICAOF 127.0.0.1 1");

        // then
        assertAdmits(limiter, LIMIT);
        assertThat(heard).containsExactly("lost: it answered READONLY");
    }

    @Test
    void shouldGoOnWhenRedisIsOutOfMemory_R07() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.LOCAL);

        // when
        redis.command("CONFIG SET maxmemory 1");

        // then
        assertAdmits(limiter, LIMIT);
        assertThat(heard).containsExactly("lost: it answered with an error (RedisOutOfMemoryException)");
    }

    @Test
    void shouldGoOnWhenThePasswordIsWrong_R08() {
        // given
        RedisProcess redis = keep(RedisProcess.started("--requirepass", "right"));

        // when
        TokenLimiter limiter = limiter("redis://:wr0ng@127.0.0.1:" + redis.port(), OnRedisAway.LOCAL);

        // then
        assertAdmits(limiter, LIMIT);
        assertThat(heard).hasSize(1).first().asString().startsWith("lost: ").doesNotContain("wr0ng");
        assertAdmits(limiter("redis://:right@127.0.0.1:" + redis.port() + "/2", OnRedisAway.CLOSED), LIMIT);
    }

    @Test
    void shouldGoOnWhenRedisIsSlow_R09() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        SlowProxy proxy = keep(new SlowProxy(redis.port()));
        TokenLimiter limiter = limiter("redis://127.0.0.1:" + proxy.port(), OnRedisAway.LOCAL, RedisWindowStore.TIMEOUT_MILLIS);
        assertThat(heard).isEmpty();

        // when
        proxy.delay(200);

        // then
        assertThat(millisOf(() -> reserve(limiter, 100))).isLessThan(2 * RedisWindowStore.TIMEOUT_MILLIS);
        assertThat(millisOf(() -> reserve(limiter, 100))).isLessThan(100);
        assertThat(heard).containsExactly("lost: it did not answer in time");
    }

    @Test
    void shouldRefuseAllWhenClosed() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.CLOSED);

        // when
        redis.kill();

        // then
        assertThat(reserve(limiter, 1)).isEqualTo(new Admission.Unavailable());
    }

    @Test
    void shouldAdmitAllWhenOpen() {
        // given
        RedisProcess redis = keep(RedisProcess.started());
        TokenLimiter limiter = limiter(redis.url(), OnRedisAway.OPEN);

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
        TokenLimiter one = limiter(redis.url(), OnRedisAway.LOCAL);
        TokenLimiter two = limiter(redis.url(), OnRedisAway.LOCAL);
        Reservation reservation = (Reservation) reserve(one, LIMIT);

        // when
        reservation.settle(100);

        // then
        await(() -> two.used(List.of("global")).get("global") == 100);
        assertAdmits(two, LIMIT - 100);
    }

    private static void assertAdmits(TokenLimiter limiter, long amount) {
        assertThat(reserve(limiter, amount + 1)).isInstanceOf(Admission.Refusal.class);
        assertThat(reserve(limiter, amount)).isInstanceOf(Reservation.class);
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
    }

    private static Admission reserve(TokenLimiter limiter, long amount) {
        return limiter.reserve(amount, List.of(Charge.tokens("global", amount, LIMIT)));
    }

    /** With a timeout that a busy machine does not run into. */
    private TokenLimiter limiter(String url, OnRedisAway policy) {
        return limiter(url, policy, 2000);
    }

    private TokenLimiter limiter(String url, OnRedisAway policy, int timeoutMillis) {
        RedisListener listener = new RedisListener() {
            @Override
            public void lost(String reason) {
                heard.add("lost: " + reason);
            }

            @Override
            public void back() {
                heard.add("back");
            }
        };
        return keep(new TokenLimiter(new SharedWindowStore(new RedisWindowStore(
                RedisAddress.parse(url), timeoutMillis, Optional.empty()), policy, listener, InstantSource.system(), BEAT)));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static long millisOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
