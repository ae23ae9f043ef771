package dev.openaigateway.server;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.problem.RootCause;
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
 * Halts the process when it is no longer reliable: the heap is exhausted, or an event loop has stopped. Any thread may have
 * died in the middle of its work, so a supervisor must restart the gateway. Does in code what
 * {@code -XX:+ExitOnOutOfMemoryError} does, because {@code java -jar} and the Camel CLI set no such flag. Thread-safe.
 */
public final class FatalErrors {

    /** The exit status of a JVM under {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int STATUS = 3;

    private static final byte[] OUT_OF_MEMORY = line("The gateway exits: out of memory. Restart it with a larger heap (-Xmx) or a smaller clients.body_memory.");
    private static final byte[] LOOP_STOPPED = line("The gateway exits: an HTTP event loop has not responded for a minute. "
            + "Restart it, and report this with a thread dump of the next occurrence.");
    /** Open already, since an exhausted heap has no room for another stream. */
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static FatalErrors ofProcess;

    private final IntConsumer exit;

    /** @param exit ends the process with the given status, without shutdown hooks */
    FatalErrors(IntConsumer exit) {
        this.exit = exit;
    }

    /** The instance of this process. It watches for errors that no code handles, and for those that a library only logs. */
    public static synchronized FatalErrors ofProcess() {
        if (ofProcess == null) {
            prepare();
            ofProcess = new FatalErrors(Runtime.getRuntime()::halt);
            ofProcess.watchThreads();
            ofProcess.watchLog();
        }
        return ofProcess;
    }

    /** Runs what needs memory when it runs for the first time, such as the texts that it compares. */
    private static void prepare() {
        FatalErrors without = new FatalErrors(status -> { });
        without.check(new OutOfMemoryError("direct"));
        without.end(new byte[0]);
    }

    private void watchThreads() {
        Thread.UncaughtExceptionHandler next = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            check(thrown);
            if (next == null) {
                // A launcher that calls main by reflection, as that of Camel's command line, wraps the reason why the gateway cannot start.
                LOG.error("The thread {} has ended: {}", thread.getName(), RootCause.of(thrown).toString());
                LOG.debug("Stack trace of the ended thread", thrown);
            } else {
                next.uncaughtException(thread, thrown);
            }
        });
    }

    /** Adds the filter again after each change of the logging settings, which replaces the configuration and its filters. */
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

    /** A filter of the root logger, so that it sees every logged event. */
    private final class LoggedErrors extends AbstractFilter {

        @Override
        public Result filter(LogEvent event) {
            check(event.getThrown());
            return Result.NEUTRAL;
        }
    }

    /** Halts the process if the error or one of its causes says that the heap is exhausted. Null is ignored. */
    public void check(Throwable thrown) {
        if (ForeignCode.isCausedByExhaustedHeap(thrown)) {
            end(OUT_OF_MEMORY);
        }
    }

    /** Halts the process because an event loop has stopped. */
    public void loopStopped() {
        end(LOOP_STOPPED);
    }

    private void end(byte[] line) {
        try {
            STDERR.write(line);
        } catch (IOException e) {
            // The exit status alone reports the reason.
        } finally {
            exit.accept(STATUS);
        }
    }

    private static byte[] line(String text) {
        return (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }
}
