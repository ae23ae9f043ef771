package dev.openaigateway.events;

import org.apache.camel.component.seda.BlockingQueueFactory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Makes the queues of {@code seda:} endpoints, in which events wait for slow sinks, and counts what does not fit. */
public final class EventQueues<E> implements BlockingQueueFactory<E> {

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

        private boolean counted(boolean fits) {
            if (!fits) {
                dropped.increment();
            }
            return fits;
        }
    }
}
