package dev.openaigateway.events;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes events to a sink without making a request wait for it: one worker hands them on in order, and what does not
 * fit into the queue is dropped and counted. A sink that fails loses that one event. Thread-safe.
 */
public final class EventQueue<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    /** Waking the worker for each event would cost a request more than all else that is done for its record. */
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(10);

    /** Where events go. */
    @FunctionalInterface
    public interface Sink<T> {
        void accept(T event) throws Exception;
    }

    private final String name;
    private final BlockingQueue<T> queue;
    private final Sink<T> sink;
    private final InstantSource clock;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Thread worker;
    private volatile boolean closed;
    private Instant quietUntil = Instant.MIN;

    /**
     * @param name     of the worker's thread and in warnings
     * @param capacity events that may wait
     */
    public EventQueue(String name, int capacity, Sink<T> sink, InstantSource clock) {
        this.name = name;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.sink = sink;
        this.clock = clock;
        worker = new Thread(this::work, name);
        worker.setDaemon(true);
        worker.start();
    }

    /** Never waits. False, and counted, when the queue is full or closed. */
    public boolean offer(T event) {
        if (!closed && queue.offer(event)) {
            return true;
        }
        dropped.increment();
        return false;
    }

    /** Events that did not fit. */
    public long dropped() {
        return dropped.sum();
    }

    /** Events that the sink did not take. */
    public long failed() {
        return failed.sum();
    }

    /** Takes no more events and waits up to five seconds for those in the queue. */
    @Override
    public void close() {
        closed = true;
        try {
            worker.join(DRAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
    }

    private void work() {
        try {
            while (!closed || !queue.isEmpty()) {
                T event = queue.poll(100, TimeUnit.MILLISECONDS);
                while (event != null) {
                    hand(event);
                    event = queue.poll();
                }
                LockSupport.parkNanos(BETWEEN_BATCHES.toNanos());
            }
        } catch (InterruptedException e) {
            dropped.add(queue.size());
        }
    }

    private void hand(T event) throws InterruptedException {
        try {
            sink.accept(event);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed.increment();
            warn(e);
        }
    }

    private void warn(Exception e) {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil)) {
            return;
        }
        quietUntil = now.plus(BETWEEN_WARNINGS);
        LOG.atWarn()
                .addKeyValue("queue", name)
                .addKeyValue("failed", failed())
                .addKeyValue("dropped", dropped())
                .log("An event could not be delivered: {}", e.toString());
        LOG.debug("The sink failed", e);
    }
}
