package dev.openaigateway.log;

import dev.openaigateway.problem.RootCause;
import org.apache.logging.log4j.core.ErrorHandler;
import org.apache.logging.log4j.core.LogEvent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports lines that the log file does not take, as when its disk is full: one line a minute in place of two stack traces for each. Thread-safe. */
final class FileFailures implements ErrorHandler {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<String> report;
    private final LongSupplier nanos;
    private final AtomicLong next;

    /** @param report takes what is no part of the log, which would write it to the same file */
    FileFailures(Consumer<String> report, LongSupplier nanos) {
        this.report = report;
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public void error(String message) {
        error(message, null, null);
    }

    @Override
    public void error(String message, Throwable thrown) {
        error(message, null, thrown);
    }

    @Override
    public void error(String message, LogEvent event, Throwable thrown) {
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PERIOD)) {
            report.accept("logging.file cannot be written, and lacks lines: " + (thrown == null ? message : RootCause.message(thrown)));
        }
    }
}
