package dev.openaigateway.log;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LoggingSettings;
import dev.openaigateway.config.LoggingSettings.Format;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.load.Log4jFile;
import dev.openaigateway.log.root.GatewayLog;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.plugins.util.PluginRegistry;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Applies the logging settings to the whole process, unless it names a configuration file of Log4j. */
public final class LogSetup {

    static final LoggingSettings DEFAULTS = new LoggingSettings("INFO", Format.TEXT, Optional.empty(), 0, 0, new Secret(""));

    private LogSetup() {
    }

    /** Configures the log now, and again whenever the logging settings change. */
    public static void follow(LiveSettings settings) {
        AtomicReference<LoggingSettings> active = new AtomicReference<>();
        settings.onChange(next -> apply(next.logging(), active.getAndSet(next.logging())));
    }

    /** @param before the previous settings; null at the start */
    private static void apply(LoggingSettings settings, LoggingSettings before) {
        boolean isDefault = before == null && isDefault(settings);
        if (Log4jFile.isNamed()) {
            if (!isDefault(settings) && !settings.equals(before)) {
                // No field: LogStart loads this class before the first logger may be created.
                GatewayLog.LOG.warn("logging.level, logging.format and logging.file have no effect, because a configuration file of Log4j is named"
                        + " (LOG4J_CONFIGURATION_FILE or log4j2.configurationFile).");
            }
        } else if (!isDefault && !settings.equals(before)) {
            if (settings.format() == Format.JSON || settings.file().isPresent()) {
                PluginRegistry.getInstance().clear();
            }
            Configurator.reconfigure(new LogConfiguration(settings));
        }
        LoggerConfig netty = LoggerContext.getContext(false).getConfiguration().getLoggerConfig(AcceptFailures.LOGGER);
        if (netty.getName().equals(AcceptFailures.LOGGER) && netty.getFilter() == null) {
            netty.addFilter(new AcceptFailures(System::nanoTime));
        }
    }

    private static boolean isDefault(LoggingSettings settings) {
        return settings.format() == Format.TEXT && settings.file().isEmpty() && settings.level().equals(DEFAULTS.level());
    }
}
