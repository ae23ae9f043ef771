package dev.openaigateway.redis;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyTimerTest {

    private static final long TICK = ReplyTimer.TICK_NANOS;

    private record Task(Runnable task, long at) {
    }

    private final Queue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at));
    private long now = 1_000;
    private final ReplyTimer timer = new ReplyTimer((task, nanos) -> tasks.add(new Task(task, now + nanos)), () -> now);
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /** Runs the tasks that are due until then, each in time. */
    private void advance(long nanos) {
        long until = now + nanos;
        while (!tasks.isEmpty() && tasks.element().at() <= until) {
            now = Math.max(now, tasks.element().at());
            tasks.remove().task().run();
        }
        now = until;
    }

    @Test
    void shouldEndAWaitExactlyAfterItsTime() {
        // given
        timer.start(end, 3 * TICK + 7);

        // when
        advance(3 * TICK + 6);
        assertThat(end).isNotDone();
        advance(1);

        // then
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void shouldEndAWaitShorterThanATick() {
        // given
        timer.start(end, 5);

        // when
        advance(5);

        // then
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void shouldNotCountTheTimeInWhichTheProcessWasSuspended() {
        // given
        ReplyTimer.Wait wait = timer.start(end, 4 * TICK);

        // when
        now += 100 * TICK;
        advance(0);
        assertThat(end).isNotDone();
        advance(TICK);
        now += 100 * TICK;

        // then
        assertThat(wait.end()).as("the first tick late, one in time, and the last part late").isEqualTo(5 * TICK);
    }

    @Test
    void shouldTickOnlyWhileThereAreWaits() {
        // given
        timer.start(end, 100 * TICK).end();

        // when
        advance(10 * TICK);

        // then
        assertThat(tasks).isEmpty();
        CompletableFuture<String> next = new CompletableFuture<>();
        timer.start(next, 2 * TICK);
        advance(2 * TICK);
        assertThat(next).isCompletedExceptionally();
        assertThat(end).isNotDone();
    }

    @Test
    void shouldEndAllWaitsWhenItIsClosed() {
        // given
        timer.start(end, 100 * TICK);

        // when
        timer.close();

        // then
        assertThat(end).isCompletedExceptionally();
        CompletableFuture<String> later = new CompletableFuture<>();
        timer.start(later, TICK);
        assertThat(later).isCompletedExceptionally();
    }
}
