package dev.openaigateway.runtime;

import dev.openaigateway.config.LoggingSettings;
import dev.openaigateway.config.LoggingSettings.Format;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LayoutComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.RootLoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

import java.util.List;

/** Brings the settings of the log into force, for the whole process. Until then {@code log4j2.properties} rules. */
final class LogSetup {

    private static final String TEXT_LINE = "%d{HH:mm:ss.SSS} %-5level %logger{1} - %msg%n%throwable";
    private static final String JSON_LINE = "classpath:dev/openaigateway/runtime/log-line.json";
    private static final List<String> QUIET = List.of("org.apache.camel", "io.vertx", "io.netty", "org.redisson");
    private static final List<String> TOLD_BY_US = List.of("org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.impl.engine.InternalServiceManager");

    private final ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
    private final LoggingSettings settings;

    private LogSetup(LoggingSettings settings) {
        this.settings = settings;
    }

    /** @param before what is in force, null at the start */
    static void apply(LoggingSettings settings, LoggingSettings before) {
        boolean asInFile = before == null && settings.format() == Format.TEXT && settings.file().isEmpty()
                && settings.level().equals("INFO");
        if (!asInFile && !settings.equals(before)) {
            Configurator.reconfigure(new LogSetup(settings).configuration());
        }
    }

    private BuiltConfiguration configuration() {
        Level level = Level.valueOf(settings.level());
        RootLoggerComponentBuilder root = builder.newRootLogger(level);
        builder.add(builder.newAppender("console", "Console").add(layout()));
        root.add(builder.newAppenderRef("console"));
        settings.file().ifPresent(file -> {
            builder.add(file(file));
            root.add(builder.newAppenderRef("file"));
        });
        for (String name : QUIET) {
            builder.add(builder.newLogger(name, level.isMoreSpecificThan(Level.WARN) ? level : Level.WARN));
        }
        for (String name : TOLD_BY_US) {
            builder.add(builder.newLogger(name, Level.OFF));
        }
        return builder.add(root).build(false);
    }

    private LayoutComponentBuilder layout() {
        return settings.format() == Format.JSON
                ? builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplateUri", JSON_LINE)
                : builder.newLayout("PatternLayout").addAttribute("pattern", TEXT_LINE);
    }

    private AppenderComponentBuilder file(String file) {
        return builder.newAppender("file", "RollingFile")
                .addAttribute("fileName", file)
                .addAttribute("filePattern", file + ".%i")
                .add(layout())
                .addComponent(builder.newComponent("Policies").addComponent(
                        builder.newComponent("SizeBasedTriggeringPolicy").addAttribute("size", settings.maxSize())))
                .addComponent(builder.newComponent("DefaultRolloverStrategy")
                        .addAttribute("fileIndex", "min")
                        .addAttribute("max", Math.max(1, settings.backupCount())));
    }
}
