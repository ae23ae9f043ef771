package dev.openaigateway.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * As many threads as tasks run at once, like a cached pool, which hands each task to a thread that it wakes for it. Here
 * one thread at a time is being woken, and it wakes the next if there is more to do; meanwhile a thread that is done takes
 * the next task without ever having slept. On a busy machine that saves a third of the switches between threads.
 */
final class GrowingPool extends AbstractExecutorService {

    private final ThreadFactory threads;
    private final long idleNanos;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Set<Worker> all = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile boolean shutdown;

    /** @param keep how long a thread waits for work before it ends */
    GrowingPool(ThreadFactory threads, Duration keep) {
        this.threads = threads;
        this.idleNanos = keep.toNanos();
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        tasks.add(task);
        wake();
    }

    /** Who is woken already looks at the tasks after {@link #waking} is cleared, so that none is left lying. */
    private void wake() {
        if (waking.compareAndSet(false, true)) {
            Worker sleeper = idle.pollFirst();
            if (sleeper != null) {
                sleeper.wake();
            } else {
                start();
            }
        }
    }

    /** Where no thread can be had, one that is done takes the task. */
    private void start() {
        Worker worker = new Worker();
        all.add(worker);
        try {
            worker.thread.start();
        } catch (Throwable noThread) {
            all.remove(worker);
            waking.set(false);
            if (all.isEmpty()) {
                throw noThread;
            }
        }
    }

    /** Threads that live. */
    int size() {
        return all.size();
    }

    @Override
    public void shutdown() {
        shutdown = true;
        all.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = new ArrayList<>();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            left.add(task);
        }
        shutdown();
        all.forEach(worker -> worker.thread.interrupt());
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && all.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        for (Worker worker : all) {
            long left = deadline - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.timedJoin(worker.thread, left);
            }
        }
        return isTerminated();
    }

    private final class Worker implements Runnable {

        private final Thread thread = threads.newThread(this);
        private volatile boolean woken = true;

        void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            try {
                do {
                    work();
                } while (sleep());
            } finally {
                all.remove(this);
            }
        }

        private void work() {
            Runnable task = next();
            while (task != null) {
                if (!tasks.isEmpty()) {
                    GrowingPool.this.wake();
                }
                run(task);
                task = next();
            }
        }

        private Runnable next() {
            Runnable task = tasks.poll();
            if (woken) {
                woken = false;
                waking.set(false);
            }
            return task;
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (Throwable failure) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            } finally {
                forgetInterrupt();
            }
        }

        /** One that was meant for a task is nothing to the next. */
        private void forgetInterrupt() {
            if (!shutdown) {
                Thread.interrupted();
            }
        }

        /** Returns whether there is work again; otherwise the thread has been idle for long, or the pool is shut down. */
        private boolean sleep() {
            idle.addFirst(this);
            if (!tasks.isEmpty() && idle.remove(this)) {
                return true;
            }
            long until = System.nanoTime() + idleNanos;
            while (!woken) {
                long left = until - System.nanoTime();
                if ((shutdown || left <= 0) && idle.remove(this)) {
                    return false;
                }
                LockSupport.parkNanos(GrowingPool.this, left);
            }
            return true;
        }
    }
}
