package dev.openaigateway.server;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Ends the process at once when it cannot be relied on any more: after the heap ran out, or when an event loop has
 * stopped. A thread may have died in the middle of anything, so a supervisor must start the gateway again. Does in code
 * what {@code -XX:+ExitOnOutOfMemoryError} does, because {@code java -jar} and the Camel CLI set no such flag. Thread-safe.
 */
public final class FatalErrors {

    /** The exit status of a JVM under {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int STATUS = 3;

    private static final byte[] OUT_OF_MEMORY = line("The gateway ends: it ran out of memory. Start it again, with a larger heap (-Xmx) or less clients.body_memory.");
    private static final byte[] LOOP_STOPPED = line("The gateway ends: a thread of its HTTP server does not respond any more.");
    private static final int DEEPEST_CAUSE = 20;
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static FatalErrors ofProcess;

    private final IntConsumer exit;

    /** @param exit ends the process with that status, without shutdown hooks */
    FatalErrors(IntConsumer exit) {
        this.exit = exit;
    }

    /** Watches this process for errors that no code handles, and for those that a library catches and only logs. */
    public static synchronized FatalErrors ofProcess() {
        if (ofProcess == null) {
            ofProcess = new FatalErrors(Runtime.getRuntime()::halt);
            ofProcess.watchThreads();
            ofProcess.watchLog();
        }
        return ofProcess;
    }

    private void watchThreads() {
        Thread.UncaughtExceptionHandler next = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            check(thrown);
            if (next == null) {
                LOG.error("The thread {} has ended: {}", thread.getName(), thrown.toString());
                LOG.debug("Stack trace of the ended thread", thrown);
            } else {
                next.uncaughtException(thread, thrown);
            }
        });
    }

    /** A change of the logging settings replaces the configuration, filters included. */
    private void watchLog() {
        if (LogManager.getRootLogger() instanceof org.apache.logging.log4j.core.Logger root) {
            LoggerContext context = root.getContext();
            Filter filter = new LoggedErrors();
            context.getConfiguration().getRootLogger().addFilter(filter);
            context.addPropertyChangeListener(change -> {
                if (change.getNewValue() instanceof Configuration next) {
                    next.getRootLogger().addFilter(filter);
                }
            });
        }
    }

    /** As a filter of the root logger it sees every event that is logged. */
    private final class LoggedErrors extends AbstractFilter {

        @Override
        public Result filter(LogEvent event) {
            check(event.getThrown());
            return Result.NEUTRAL;
        }
    }

    /** Ends the process if the error, or one that caused it, says that the heap is exhausted. Null is no error. */
    public void check(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < DEEPEST_CAUSE; at = at.getCause()) {
            if (at instanceof OutOfMemoryError error && isExhausted(error)) {
                end(OUT_OF_MEMORY);
                return;
            }
            depth++;
        }
    }

    public void loopStopped() {
        end(LOOP_STOPPED);
    }

    /** A lack of threads or of direct buffers passes when load does. */
    private static boolean isExhausted(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return !message.contains("native thread") && !message.contains("direct");
    }

    private void end(byte[] line) {
        try {
            new FileOutputStream(FileDescriptor.err).write(line);
        } catch (IOException e) {
            // The exit status has to do.
        }
        exit.accept(STATUS);
    }

    private static byte[] line(String text) {
        return (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }
}
