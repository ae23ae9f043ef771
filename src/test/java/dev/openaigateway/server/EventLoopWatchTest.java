package dev.openaigateway.server;

import dev.openaigateway.support.Eventually;
import io.netty.channel.DefaultEventLoopGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopWatchTest {

    private final DefaultEventLoopGroup loops = new DefaultEventLoopGroup(2);
    private final EventLoopWatch watch = new EventLoopWatch(loops, 3);

    @AfterEach
    void shutDown() {
        loops.shutdownGracefully();
    }

    @Test
    void shouldFindALoopThatRunsNothingMore() {
        CountDownLatch blocked = new CountDownLatch(1);
        loops.next().execute(() -> awaitUninterruptibly(blocked));

        assertThat(watch.allRun()).isTrue();
        assertThat(watch.allRun()).isTrue();
        assertThat(watch.allRun()).isTrue();
        assertThat(watch.allRun()).isTrue();
        assertThat(watch.allRun()).as("three looks after its task was given").isFalse();

        blocked.countDown();
        Eventually.holds("the loop runs again", watch::allRun);
    }

    @Test
    void shouldNotMistakeAnOrderlyEndForAFailure() {
        loops.shutdownGracefully();

        for (int look = 0; look < 10; look++) {
            assertThat(watch.allRun()).isTrue();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
