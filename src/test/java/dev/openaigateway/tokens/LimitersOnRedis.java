package dev.openaigateway.tokens;

import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Limiters on a Redis that is about to fail. */
abstract class LimitersOnRedis {

    static final Duration BEAT = Duration.ofMillis(100);
    static final long LIMIT = 1000;

    final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    static void assertAdmits(TokenLimiter limiter, long amount) {
        assertThat(reserve(limiter, amount + 1)).isInstanceOf(Admission.Refusal.class);
        assertThat(reserve(limiter, amount)).isInstanceOf(Reservation.class);
        assertThat(reserve(limiter, 1)).isInstanceOf(Admission.Refusal.class);
    }

    static Admission reserve(TokenLimiter limiter, long amount) {
        return limiter.reserve(amount, List.of(Charge.tokens("global", amount, LIMIT)));
    }

    /** With a timeout that a busy machine does not run into. */
    TokenLimiter limiter(String url, OnRedisAway policy) {
        return limiter(url, policy, 2000);
    }

    TokenLimiter limiter(String url, OnRedisAway policy, int timeoutMillis) {
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

    <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    static long millisOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
