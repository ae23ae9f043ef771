package dev.openaigateway.server;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrowingPoolTest {

    private static final int MANY = 50_000;

    private final GrowingPool pool = pool(Duration.ofMinutes(1));
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void shouldRunAllTasksAtOnceWhenEachWaitsForTheOthers() {
        // given
        CyclicBarrier all = new CyclicBarrier(200);

        // when
        for (int i = 0; i < 200; i++) {
            pool.execute(() -> {
                await(all);
                done.incrementAndGet();
            });
        }

        // then
        Eventually.holds("all are done", () -> done.get() == 200);
        assertThat(pool.size()).isEqualTo(200);
    }

    @Test
    void shouldUseAThreadAgainWhenTasksComeOneAfterTheOther() throws Exception {
        // when
        for (int i = 0; i < 1000; i++) {
            pool.submit(done::incrementAndGet).get();
        }

        // then
        assertThat(done).hasValue(1000);
        assertThat(pool.size()).isLessThan(5);
    }

    @Test
    void shouldLoseNoTaskWhenManyThreadsGiveThem() throws Exception {
        assertLosesNone(pool);
    }

    @Test
    void shouldLoseNoTaskWhenThreadsEndAllTheTime() throws Exception {
        assertLosesNone(pool(Duration.ofNanos(1)));
    }

    @Test
    void shouldLetThreadsGoThatHaveNothingToDo() throws Exception {
        // given
        GrowingPool brief = pool(Duration.ofMillis(1));
        brief.submit(done::incrementAndGet).get();

        // when
        Eventually.holds("no thread is left", () -> brief.size() == 0);

        // then
        assertThat(brief.submit(done::incrementAndGet).get()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenATaskFailsOrIsInterrupted() throws Exception {
        // when
        pool.execute(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("as the test wants it");
        });

        // then
        assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
    }

    @Test
    void shouldEndWhatWasBegunAndTakeNothingNewWhenShutDown() throws Exception {
        // given
        CountDownLatch open = new CountDownLatch(1);
        Future<Integer> begun = pool.submit(() -> {
            open.await();
            return done.incrementAndGet();
        });

        // when
        pool.shutdown();

        // then
        assertThatThrownBy(() -> pool.execute(done::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        open.countDown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(begun.get()).isEqualTo(1);
    }

    @Test
    void shouldInterruptWhatRunsWhenShutDownNow() throws Exception {
        // given
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        pool.execute(() -> {
            running.countDown();
            await(never);
        });
        running.await();

        // when
        List<Runnable> left = pool.shutdownNow();

        // then
        assertThat(left).isEmpty();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void assertLosesNone(GrowingPool busy) throws Exception {
        // when
        ExecutorService givers = Executors.newFixedThreadPool(4);
        for (int giver = 0; giver < 4; giver++) {
            givers.execute(() -> {
                for (int i = 0; i < MANY; i++) {
                    boolean restful = i % 100 == 0;
                    busy.execute(() -> {
                        if (restful) {
                            LockSupport.parkNanos(10_000);
                        }
                        done.incrementAndGet();
                    });
                }
            });
        }
        givers.shutdown();

        // then
        assertThat(givers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        Eventually.holds("all are done", () -> done.get() == 4 * MANY);
    }

    private static GrowingPool pool(Duration keep) {
        return new GrowingPool(task -> {
            Thread thread = new Thread(task, "grown");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, failure) -> { });
            return thread;
        }, keep);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
