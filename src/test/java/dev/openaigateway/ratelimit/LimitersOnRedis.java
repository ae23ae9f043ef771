package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;

/** Limiters on a Redis that is about to fail. */
@ProcessTest
abstract class LimitersOnRedis {

    /** A gateway is forgotten after ten missed beats. */
    static final Duration BEAT = Duration.ofMillis(300);
    static final long LIMIT = 1000;
    /** The default. */
    static final int TIMEOUT_MILLIS = 150;

    final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<RedisBreaker> links = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<AutoCloseable> open = new CopyOnWriteArrayList<>();

    final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        threads.shutdownNow();
    }

    static void assertAdmits(TokenLimiter limiter, long amount) {
        assertThat(reserve(limiter, amount + 1)).isInstanceOf(Decision.Refused.class);
        assertThat(reserve(limiter, amount)).isInstanceOf(Reservation.class);
        assertThat(reserve(limiter, 1)).isInstanceOf(Decision.Refused.class);
    }

    static Admission reserve(TokenLimiter limiter, long amount) {
        return limiter.reserve(amount, List.of(Charge.tokens("global", amount, LIMIT)));
    }

    /** With a timeout that is not exceeded on a busy machine. */
    TokenLimiter limiter(String url, OnRedisFailure policy) {
        return limiter(url, policy, 3000);
    }

    TokenLimiter limiter(String url, OnRedisFailure policy, int timeoutMillis) {
        return limiter(url, policy, timeoutMillis, Optional.empty());
    }

    /** @param clock used instead of the clocks of Redis and of this machine, if present */
    TokenLimiter limiter(String url, OnRedisFailure policy, int timeoutMillis, Optional<InstantSource> clock) {
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
        SharedWindowStore store = new SharedWindowStore(new RedisWindowStore(RedisAddress.parse(url), Duration.ofMillis(timeoutMillis), clock),
                policy, listener, clock.orElse(InstantSource.system()), BEAT, threads);
        links.add(store.breaker());
        return keep(new TokenLimiter(store));
    }

    void awaitAllSeeEachOther() {
        Eventually.holds("each gateway sees all", () -> links.stream().allMatch(link -> link.gateways() == links.size()));
    }

    /** A gateway that has just lost Redis uses its own share until then. */
    void awaitAllUp() {
        Eventually.holds("all breakers are closed", () -> links.stream().allMatch(RedisBreaker::isUp));
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
}
