package dev.openaigateway.guard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A task that an executor runs again and again. A run that throws anything is logged, at most once a minute, and the next run follows: the
 * executor itself would drop the task without a word. One thread at a time runs it.
 */
public final class PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String name;
    private final ForeignAction<Exception> run;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private boolean hasFailed;
    private long logged;
    private int unlogged;

    PeriodicTask(String name, ForeignAction<Exception> run, LongSupplier nanos, Consumer<String> log) {
        this.name = name;
        this.run = run;
        this.nanos = nanos;
        this.log = log;
    }

    /**
     * Runs the task until the executor is shut down or the result is cancelled.
     *
     * @param name   for the log
     * @param first  time until the first run
     * @param period from the end of a run to the next one
     */
    public static ScheduledFuture<?> start(ScheduledExecutorService executor, String name, Duration first, Duration period, ForeignAction<Exception> run) {
        PeriodicTask task = new PeriodicTask(name, run, System::nanoTime, line -> {
            // A stop interrupts the last run, and may have ended what it uses.
            if (!executor.isShutdown()) {
                LOG.error("{}", line);
            }
        });
        return executor.scheduleWithFixedDelay(task::runOnce, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Throws nothing, unless the heap is exhausted. */
    void runOnce() {
        try {
            ForeignCode.run(run);
        } catch (Exception e) {
            LOG.debug("Stack trace of the failed run", e);
            failed(e instanceof ForeignCodeException ? e.getCause() : e);
        }
    }

    private void failed(Throwable thrown) {
        long now = nanos.getAsLong();
        if (hasFailed && now - logged < QUIET_NANOS) {
            unlogged++;
            return;
        }
        String before = unlogged == 0 ? "" : ", as " + unlogged + " did before";
        log.accept("A run of " + name + " failed" + before + "; the next run follows: " + thrown);
        hasFailed = true;
        logged = now;
        unlogged = 0;
    }
}
