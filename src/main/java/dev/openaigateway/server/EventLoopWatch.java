package dev.openaigateway.server;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds event loops that have stopped. Each loop is given a task; a loop that has not run it after a number of looks is
 * taken for dead. Counted in looks and not in time, so that a process that was suspended as a whole is not ended. For use
 * by one thread.
 */
public final class EventLoopWatch {

    private record Task(AtomicBoolean run, int looks) {
    }

    private final EventExecutorGroup loops;
    private final int mostLooks;
    private final Map<EventExecutor, Task> tasks = new HashMap<>();

    /** @param mostLooks after which a loop that does not run its task is taken for dead */
    public EventLoopWatch(EventExecutorGroup loops, int mostLooks) {
        this.loops = loops;
        this.mostLooks = mostLooks;
    }

    /** Returns whether all loops run. True while they are being shut down. */
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
                tasks.put(loop, new Task(task.run(), task.looks() + 1));
                all &= task.looks() < mostLooks;
            }
        }
        return all;
    }

    private static Task task(EventExecutor loop) {
        AtomicBoolean run = new AtomicBoolean();
        try {
            loop.execute(() -> run.set(true));
        } catch (RejectedExecutionException e) {
            // A loop that takes no task has ended; it is found by the looks to come.
        }
        return new Task(run, 0);
    }
}
