package dev.openaigateway.events;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class EventQueueTest {

    private final List<Integer> taken = new CopyOnWriteArrayList<>();

    @Test
    void shouldHandOnEverythingInOrder() {
        EventQueue<Integer> queue = queue(1_000, taken::add);
        IntStream.range(0, 1_000).forEach(queue::offer);
        queue.close();

        assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void shouldDropAndCountWhatDoesNotFitWithoutWaiting() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventQueue<Integer> queue = queue(10, event -> {
            started.countDown();
            goOn.await();
            taken.add(event);
        });
        queue.offer(0);
        started.await();

        long fitting = IntStream.rangeClosed(1, 100).filter(queue::offer).count();
        goOn.countDown();
        queue.close();

        assertThat(fitting).isEqualTo(10);
        assertThat(queue.dropped()).isEqualTo(90);
        assertThat(taken).hasSize(11);
    }

    @Test
    void shouldGoOnAfterASinkThatFails() {
        EventQueue<Integer> queue = queue(10, event -> {
            if (event % 2 == 0) {
                throw new IllegalStateException("no even ones");
            }
            taken.add(event);
        });
        IntStream.range(0, 6).forEach(queue::offer);
        queue.close();

        assertThat(taken).containsExactly(1, 3, 5);
        assertThat(queue.failed()).isEqualTo(3);
    }

    @Test
    void shouldTakeNothingAfterItWasClosed() {
        EventQueue<Integer> queue = queue(10, taken::add);
        queue.close();

        assertThat(queue.offer(1)).isFalse();
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(taken).isEmpty();
    }

    private EventQueue<Integer> queue(int capacity, EventQueue.Sink<Integer> sink) {
        return new EventQueue<>("test-events", capacity, sink, new TestClock());
    }
}
