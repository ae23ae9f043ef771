package dev.openaigateway.log;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.Log4jFile;
import dev.openaigateway.problem.InvalidSettingsException;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.selector.BasicContextSelector;

/** Starts the log of a process of its own. */
public final class LogStart {

    private static final String SELECTOR = "log4j2.contextSelector";
    private static final String HOOK = "log4j2.shutdownHookEnabled";

    private LogStart() {
    }

    /**
     * Starts the log with the default settings, which apply until {@link LogSetup#follow}. Call it before the first logger is created.
     * If the process names a configuration file of Log4j that can be read, that applies. Log4j does not stop the log by itself then: see
     * {@link LogEnd}. With a file that cannot be read the defaults apply, so that the log can say so.
     */
    public static void start() {
        if (System.getProperty(HOOK) == null) {
            System.setProperty(HOOK, "false");
        }
        if (hasReadableFile()) {
            return;
        }
        shareContext();
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(new WithoutPlugins(LogStart.class.getClassLoader()));
        try {
            Configurator.initialize(LogStart.class.getClassLoader(), new LogConfiguration(LogSetup.DEFAULTS));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /**
     * One context serves all loggers. By default, Log4j would walk the stack for each new logger, to find the context of its caller's
     * class loader (benchmark row "start to first response").
     */
    private static void shareContext() {
        if (System.getProperty(SELECTOR) == null) {
            System.setProperty(SELECTOR, BasicContextSelector.class.getName());
        }
    }

    private static boolean hasReadableFile() {
        try {
            Log4jFile.requireReadable(Environment.system());
            return Log4jFile.isNamed();
        } catch (InvalidSettingsException e) {
            return false;
        }
    }
}
