package dev.openaigateway.redis;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.DefaultEventLoopGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplyWaitTest {

    private final DefaultEventLoopGroup group = new DefaultEventLoopGroup(1);
    private final DefaultEventLoop eventLoop = (DefaultEventLoop) group.next();
    private final ReplyWait wait = new ReplyWait(group);
    private final CompletableFuture<String> reply = new CompletableFuture<>();
    private volatile boolean ended;

    @AfterEach
    void stop() {
        ended = true;
        wait.close();
        group.shutdownGracefully();
    }

    @Test
    void shouldReadWhatHasArrivedBeforeAReplyCountsAsMissing() throws Exception {
        // given
        eventLoop.execute(() -> {
            while (eventLoop.pendingTasks() == 0 && !ended) {
                Thread.onSpinWait();
            }
            reply.complete("late");
        });

        // then
        assertThat(wait.await(reply, 0, new RedisTimeBudget())).isEqualTo("late");
    }

    @Test
    void shouldMissAReplyThatDoesNotCome() {
        assertThatThrownBy(() -> wait.await(reply, 1_000_000, new RedisTimeBudget())).isInstanceOf(TimeoutException.class);
    }
}
