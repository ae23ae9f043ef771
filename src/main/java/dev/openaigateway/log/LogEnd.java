package dev.openaigateway.log;

import org.apache.logging.log4j.LogManager;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Stops the log of a process of its own behind all else, so that no line is lost that an appender buffers, or writes in a thread of its
 * own. Log4j itself stops either at once on a signal, before running requests have ended, or not at all: it takes a process whose jars
 * have the servlet API for a web application. Thread-safe.
 */
public final class LogEnd {

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile Supplier<Duration> longest = () -> Duration.ZERO;

    private LogEnd() {
    }

    /** Stops the log when the process ends, however it does. */
    public static LogEnd ofProcess() {
        LogEnd end = new LogEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::stop, "log-end"));
        return end;
    }

    /** @param longestStop asked when the process is told to end: how long to wait at most until it {@link #reached}s its end */
    public void within(Supplier<Duration> longestStop) {
        longest = longestStop;
    }

    /** All is logged. */
    public void reached() {
        reached.countDown();
    }

    private void stop() {
        try {
            reached.await(longest.get().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LogManager.shutdown();
        }
    }
}
