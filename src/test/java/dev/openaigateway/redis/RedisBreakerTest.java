package dev.openaigateway.redis;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A Redis whose replies take longer than a timeout, and less than half a second. */
class RedisBreakerTest {

    private static final RedisUnavailableException SILENCE = RedisUnavailableException.because(new TimeoutException());

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private volatile boolean slow;
    private final RedisProbe redis = new RedisProbe() {
        @Override
        public CompletionStage<RedisPulse> beat(String gateway, long forgottenAfterMillis) {
            return CompletableFuture.completedStage(new RedisPulse(1, now.toEpochMilli(), false));
        }

        @Override
        public <T> T await(CompletionStage<T> reply) {
            if (slow) {
                throw SILENCE;
            }
            return awaitLonger(reply);
        }

        /** Another thread, such as that of a request, uses the breaker meanwhile. */
        @Override
        public String reason(RedisUnavailableException failure) {
            CompletableFuture.runAsync(breaker::beStrict).orTimeout(5, TimeUnit.SECONDS).join();
            return "asked";
        }

        @Override
        public <T> T awaitLonger(CompletionStage<T> reply) {
            return reply.toCompletableFuture().join();
        }
    };
    private final RedisBreaker breaker =
            new RedisBreaker(redis, RedisListener.NONE, () -> now, Duration.ofHours(1), Duration.ofSeconds(61), threads);

    @BeforeEach
    void start() {
        breaker.start(() -> { });
        slow = true;
    }

    @AfterEach
    void stop() {
        breaker.close();
        threads.shutdownNow();
    }

    @Test
    void shouldStayClosedOverFivePausesInTenSeconds() {
        for (int pause = 1; pause <= 5; pause++) {
            assertThat(breaker.isLost(SILENCE)).as("pause %s", pause).isFalse();
        }
        assertThat(breaker.isLost(SILENCE)).as("pause 6").isTrue();
        assertThat(breaker.isUp()).isFalse();
    }

    @Test
    void shouldNotHoldUpRequestsWhileItAsksForTheReason() {
        for (int pause = 1; pause <= 6; pause++) {
            breaker.isLost(SILENCE);
        }
        assertThat(breaker.isUp()).isFalse();
        assertThat(breaker.isStrict()).isTrue();
    }

    @Test
    void shouldStayClosedOverAnyNumberOfPausesThatAreSeldom() {
        for (int pause = 1; pause <= 50; pause++) {
            assertThat(breaker.isLost(SILENCE)).as("pause %s", pause).isFalse();
            now = now.plusSeconds(3);
        }
    }

    @Test
    void shouldGoOnWithTheHeartbeatAfterAReplyOfAnotherShape() {
        AtomicInteger beats = new AtomicInteger();
        try (RedisBreaker beating = new RedisBreaker(redis, RedisListener.NONE, () -> now, Duration.ofMillis(1), Duration.ofSeconds(61), threads)) {
            slow = false;
            beating.start(() -> {
                if (beats.incrementAndGet() == 2) {
                    throw new IndexOutOfBoundsException("a reply of another shape");
                }
            });

            Eventually.holds("it beats again", () -> beats.get() > 3);
        }
    }
}
