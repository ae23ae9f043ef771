package dev.openaigateway.redis;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Ends waits whose time has passed. Counts only the time in which this process ran: of the time between two ticks, what is
 * longer than two ticks does not count. One tick serves all waits, because a timer for each wait wakes a thread for each
 * request (benchmark row "Redis limiter"). Thread-safe.
 */
final class ReplyTimer implements AutoCloseable {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    /** Runs tasks later, one at a time. */
    @FunctionalInterface
    interface Delay {

        void run(Runnable task, long nanos);
    }

    private final Delay delay;
    private final LongSupplier clock;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean used;
    private volatile boolean closed;

    /** @param clock in nanoseconds */
    ReplyTimer(Delay delay, LongSupplier clock) {
        this.delay = delay;
        this.clock = clock;
    }

    /**
     * Starts a wait, which the caller ends.
     *
     * @param end completed with a {@link TimeoutException} after the time
     */
    Wait start(CompletableFuture<?> end, long nanos) {
        Wait wait = new Wait(end, nanos);
        waits.add(wait);
        if (!used) {
            used = true;
        }
        if (closed) {
            wait.timeOut();
        } else {
            if (nanos <= TICK_NANOS) {
                delay.run(wait::check, nanos);
            }
            startTicking();
        }
        return wait;
    }

    private void startTicking() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            delay.run(this::tick, TICK_NANOS);
        }
    }

    /** Stops after a tick without a wait. */
    private void tick() {
        waits.forEach(Wait::check);
        if (used || !waits.isEmpty()) {
            used = false;
            delay.run(this::tick, TICK_NANOS);
        } else {
            ticking.set(false);
            if (!waits.isEmpty()) {
                startTicking();
            }
        }
    }

    /** Ends all waits. */
    @Override
    public void close() {
        closed = true;
        waits.forEach(Wait::timeOut);
    }

    /** One wait. Thread-safe. */
    final class Wait {

        private final CompletableFuture<?> end;
        private final long nanos;
        private long seen = clock.getAsLong();
        private long counted;

        private Wait(CompletableFuture<?> end, long nanos) {
            this.end = end;
            this.nanos = nanos;
        }

        /** Ends the wait and returns how long it was, in nanoseconds. */
        long end() {
            waits.remove(this);
            return count();
        }

        private synchronized long count() {
            long now = clock.getAsLong();
            counted += Math.min(now - seen, 2 * TICK_NANOS);
            seen = now;
            return counted;
        }

        /** Does not wait for the next tick if the time passes before it. */
        private void check() {
            long left = nanos - count();
            if (left <= 0) {
                timeOut();
            } else if (left < TICK_NANOS && !end.isDone()) {
                delay.run(this::check, left);
            }
        }

        private void timeOut() {
            end.completeExceptionally(new TimeoutException());
        }
    }
}
