package dev.openaigateway.events;

import org.apache.camel.component.seda.BlockingQueueFactory;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Creates the event queues of {@code seda:} endpoints, and counts events that do not fit or are left at a stop. Thread-safe. */
public final class EventQueues<E> implements BlockingQueueFactory<E> {

    /** Waking the consumer for each event would cost a request more than all other work on its usage record (benchmark row "CPU per request"). */
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(10);

    private final LongAdder dropped = new LongAdder();

    public long dropped() {
        return dropped.sum();
    }

    @Override
    public BlockingQueue<E> create() {
        return new LinkedBlockingQueue<>();
    }

    @Override
    public BlockingQueue<E> create(int capacity) {
        return new Counting(capacity);
    }

    private final class Counting extends ArrayBlockingQueue<E> {

        private static final long serialVersionUID = 1L;

        private Counting(int capacity) {
            super(capacity);
        }

        @Override
        public boolean offer(E event) {
            return counted(super.offer(event));
        }

        @Override
        public boolean offer(E event, long time, TimeUnit unit) throws InterruptedException {
            return counted(super.offer(event, time, unit));
        }

        /** Pauses the consumer after each batch, so events can be added meanwhile without waking it. */
        @Override
        public E poll(long time, TimeUnit unit) throws InterruptedException {
            E next = poll();
            if (next != null) {
                return next;
            }
            LockSupport.parkNanos(BETWEEN_BATCHES.toNanos());
            return super.poll(time, unit);
        }

        /** Clears the queue at a stop. */
        @Override
        public void clear() {
            dropped.add(size());
            super.clear();
        }

        private boolean counted(boolean fits) {
            if (!fits) {
                dropped.increment();
            }
            return fits;
        }
    }
}
