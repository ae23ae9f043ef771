package dev.openaigateway.server;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Detects event loops that have stopped. Each loop is given a task; a loop that has not run it after a number of checks
 * counts as dead. Checks are counted instead of time, so that a process that was suspended as a whole is not ended. For one
 * thread.
 */
public final class EventLoopWatch {

    private record Task(AtomicBoolean run, int checks) {
    }

    private final EventExecutorGroup loops;
    private final int maxChecks;
    private final Map<EventExecutor, Task> tasks = new HashMap<>();

    /** @param maxChecks after which a loop that has not run its task counts as dead */
    public EventLoopWatch(EventExecutorGroup loops, int maxChecks) {
        this.loops = loops;
        this.maxChecks = maxChecks;
    }

    /** Checks once whether all loops run. True while they are being shut down. */
    public boolean allRun() {
        if (loops.isShuttingDown()) {
            return true;
        }
        boolean all = true;
        for (EventExecutor loop : loops) {
            Task task = tasks.get(loop);
            if (task == null || task.run().get()) {
                tasks.put(loop, task(loop));
            } else {
                tasks.put(loop, new Task(task.run(), task.checks() + 1));
                all &= task.checks() < maxChecks;
            }
        }
        return all;
    }

    private static Task task(EventExecutor loop) {
        AtomicBoolean run = new AtomicBoolean();
        try {
            loop.execute(() -> run.set(true));
        } catch (RejectedExecutionException e) {
            // A loop that accepts no task has ended; a later check detects it.
        }
        return new Task(run, 0);
    }
}
