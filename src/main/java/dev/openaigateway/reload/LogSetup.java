package dev.openaigateway.reload;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LoggingSettings;
import dev.openaigateway.config.LoggingSettings.Format;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.RootLoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Applies the logging settings to the whole process. Until then {@code log4j2.properties} applies. */
public final class LogSetup {

    private static final String TEXT_LINE = " %-5level %logger{1} - %msg%replace{ %X}{ [{]}}{}%n%throwable";
    private static final String TIME = "%d{HH:mm:ss.SSS}";
    private static final String DAY_AND_TIME = "%d{yyyy-MM-dd HH:mm:ss.SSS}";
    private static final String JSON_LINE = "classpath:dev/openaigateway/app/log-line.json";
    /** Limited to WARN: below it, {@code org.apache.hc} logs keys and prompts, and the others only their own workings. */
    private static final List<String> QUIET = List.of("org.apache.camel", "org.apache.hc", "io.vertx", "io.netty", AcceptFailures.LOGGER,
            "org.redisson");
    private static final List<String> SILENCED = List.of("org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.impl.engine.InternalServiceManager", "org.apache.camel.processor.FatalFallbackErrorHandler",
            "org.redisson.client.handler.ErrorsLoggingHandler");

    private final ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
    private final LoggingSettings settings;

    private LogSetup(LoggingSettings settings) {
        this.settings = settings;
    }

    /** Configures the log now, and again whenever the logging settings change. */
    public static void follow(LiveSettings settings) {
        AtomicReference<LoggingSettings> active = new AtomicReference<>();
        settings.onChange(next -> apply(next.logging(), active.getAndSet(next.logging())));
    }

    /** @param before the previous settings; null at the start */
    private static void apply(LoggingSettings settings, LoggingSettings before) {
        boolean asInFile = before == null && settings.format() == Format.TEXT && settings.file().isEmpty()
                && settings.level().equals("INFO");
        if (!asInFile && !settings.equals(before)) {
            Configurator.reconfigure(new LogSetup(settings).configuration());
        }
        LoggerConfig netty = LoggerContext.getContext(false).getConfiguration().getLoggerConfig(AcceptFailures.LOGGER);
        if (netty.getName().equals(AcceptFailures.LOGGER) && netty.getFilter() == null) {
            netty.addFilter(new AcceptFailures(System::nanoTime));
        }
    }

    private BuiltConfiguration configuration() {
        Level level = Level.valueOf(settings.level());
        RootLoggerComponentBuilder root = builder.newRootLogger(level);
        builder.add(builder.newAppender("console", "Console").add(layout(TIME)));
        root.add(builder.newAppenderRef("console"));
        settings.file().ifPresent(file -> {
            builder.add(file(file));
            root.add(builder.newAppenderRef("file"));
        });
        for (String name : QUIET) {
            builder.add(builder.newLogger(name, level.isMoreSpecificThan(Level.WARN) ? level : Level.WARN));
        }
        for (String name : SILENCED) {
            builder.add(builder.newLogger(name, Level.OFF));
        }
        return builder.setShutdownHook("disable").add(root).build(false);
    }

    private LayoutComponentBuilder layout(String time) {
        return settings.format() == Format.JSON
                ? builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplateUri", JSON_LINE)
                : builder.newLayout("PatternLayout").addAttribute("pattern", time + TEXT_LINE);
    }

    private AppenderComponentBuilder file(String file) {
        return builder.newAppender("file", "RollingFile")
                .addAttribute("fileName", file)
                .addAttribute("filePattern", file + ".%i")
                .add(layout(DAY_AND_TIME))
                .addComponent(settings.backupCount() == 0
                        ? builder.newComponent("NoOpTriggeringPolicy")
                        : builder.newComponent("SizeBasedTriggeringPolicy").addAttribute("size", settings.maxSize()))
                .addComponent(builder.newComponent("DefaultRolloverStrategy")
                        .addAttribute("fileIndex", "min")
                        .addAttribute("max", Math.max(1, settings.backupCount())));
    }
}
