package dev.openaigateway.log;

import dev.openaigateway.config.LoggingSettings;
import dev.openaigateway.config.LoggingSettings.Format;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.NoOpTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.status.StatusLogger;

import java.util.List;

/**
 * The configuration of Log4j for some logging settings. Its objects are created in code: reading them from a file, by name and
 * reflection, takes an eighth of the CPU time until the first response (benchmark row "start to first response").
 */
final class LogConfiguration extends AbstractConfiguration {

    private static final String JSON_LINE = "classpath:dev/openaigateway/log/log-line.json";
    /** Limited to WARN: below it, {@code org.apache.hc} logs keys and prompts, and the others only their own workings. */
    private static final List<String> QUIET = List.of("org.apache.camel", "org.apache.hc", "io.vertx", "io.netty", AcceptFailures.LOGGER);
    /**
     * The gateway itself reports a failed start, an unavailable Redis with the reason, and a step of an {@code onException} that fails, once
     * and without a stack trace. Errors while a half-started context stops do not show why it did not start. Netty's server reports, with a
     * stack trace, a connection that arrives while the server closes.
     */
    private static final List<String> SILENCED = List.of("org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.impl.engine.InternalServiceManager", "org.apache.camel.processor.FatalFallbackErrorHandler",
            "org.redisson", "io.netty.bootstrap.ServerBootstrap");

    private final transient LoggingSettings settings;

    LogConfiguration(LoggingSettings settings) {
        super(null, ConfigurationSource.NULL_SOURCE);
        this.settings = settings;
        // Otherwise Log4j would stop on a signal at once, before running requests have ended.
        isShutdownHookEnabled = false;
        // Otherwise Log4j would look up the name of this host, which takes seconds where the name service does not respond.
        getProperties().put("hostName", "");
    }

    /** Called once, when Log4j starts the configuration. */
    @Override
    protected void doConfigure() {
        Level level = Level.valueOf(settings.level());
        getRootLogger().setLevel(level);
        // The builder would check its fields by reflection, which takes as long as the rest of this class.
        add(ConsoleAppender.createDefaultAppenderForLayout(layout(false)));
        settings.file().ifPresent(file -> add(file(file)));
        for (String name : QUIET) {
            addLogger(name, new LoggerConfig(name, level.isMoreSpecificThan(Level.WARN) ? level : Level.WARN, true));
        }
        for (String name : SILENCED) {
            addLogger(name, new LoggerConfig(name, Level.OFF, true));
        }
    }

    private void add(Appender appender) {
        addAppender(appender);
        getRootLogger().addAppender(appender, null, null);
    }

    private Layout<String> layout(boolean withDay) {
        return settings.format() == Format.TEXT ? new TextLayout(this, withDay)
                : JsonTemplateLayout.newBuilder().setConfiguration(this).setEventTemplateUri(JSON_LINE).build();
    }

    private Appender file(String file) {
        RollingFileAppender appender = RollingFileAppender.newBuilder().setName("file").setConfiguration(this).setLayout(layout(true))
                .withFileName(file)
                .withFilePattern(file + ".%i")
                .withPolicy(settings.backupCount() == 0 ? NoOpTriggeringPolicy.INSTANCE
                        : SizeBasedTriggeringPolicy.createPolicy(Long.toString(settings.maxSize())))
                .withStrategy(DefaultRolloverStrategy.newBuilder().withConfig(this).withFileIndex("min")
                        .withMax(Integer.toString(Math.max(1, settings.backupCount()))).build())
                .build();
        appender.setHandler(new FileFailures(report -> StatusLogger.getLogger().error(report), System::nanoTime));
        return appender;
    }
}
