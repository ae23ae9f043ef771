package dev.openaigateway.dashboard;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CachedDocumentTest {

    private final TestClock ticks = new TestClock();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void shouldMakeADocumentOnceASecond() {
        CachedDocument<Integer> shared = new CachedDocument<>(made::incrementAndGet, ticks);

        assertThat(shared.get()).isEqualTo(1);
        ticks.advance(Duration.ofMillis(999));
        assertThat(shared.get()).isEqualTo(1);
        ticks.advance(Duration.ofSeconds(60));
        assertThat(shared.get()).isEqualTo(2);
        shared.expire();
        assertThat(shared.get()).isEqualTo(3);
    }

    @Test
    void shouldShowTheOneBeforeWhileAnotherIsMade() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        CachedDocument<Integer> shared = new CachedDocument<>(() -> {
            int number = made.incrementAndGet();
            if (number == 2) {
                asked.countDown();
                join(seen);
            }
            return number;
        }, ticks);
        shared.get();
        ticks.advance(Duration.ofSeconds(1));
        Set<Integer> slow = ConcurrentHashMap.newKeySet();
        Thread viewer = new Thread(() -> slow.add(shared.get()));
        viewer.start();
        join(asked);

        assertThat(shared.get()).isEqualTo(1);
        seen.countDown();
        viewer.join();
        assertThat(slow).containsExactly(2);
    }

    @Test
    void shouldTryAgainAfterAFailure() {
        CachedDocument<Integer> shared = new CachedDocument<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return made.get();
        }, ticks);

        assertThatThrownBy(shared::get).hasMessage("once");
        assertThat(shared.get()).isEqualTo(2);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
