package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.redis.RedisListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;

class SharedDecisionsTest {

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final MutableClock clock = new MutableClock();
    private final SharedInMemory link = new SharedInMemory(clock);
    private final SharedWindowStore store =
            new SharedWindowStore(link, OnRedisFailure.LOCAL, RedisListener.NONE, clock, Duration.ofHours(1), threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldWaitForALateReplyIfRedisResponds() {
        // given
        link.delayOneReply();

        // when
        Decision decision = store.reserve(List.of(Charge.tokens("gateway", 100, 1000)));

        // then
        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class,
                admitted -> assertThat(admitted.location()).isEqualTo(Decision.Location.SHARED));
        assertThat(link.used(List.of("gateway"))).containsEntry("gateway", 100L);
    }
}
