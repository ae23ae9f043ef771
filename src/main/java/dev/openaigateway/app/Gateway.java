package dev.openaigateway.app;

import dev.openaigateway.app.properties.ProfileProperties;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.PropertyFiles;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.LogEnd;
import dev.openaigateway.log.LogStart;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.warmup.WarmUp;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Starts the gateway as a standalone application. */
public final class Gateway {

    /** The first Java that warns of each use of {@code sun.misc.Unsafe}. */
    private static final int WARNS_OF_UNSAFE = 24;

    private Gateway() {
    }

    /** Runs a command, or the gateway until the process is stopped. Exits with status 1 if the gateway cannot start. */
    public static void main(String... args) {
        avoidUnsafe();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        if (args.length > 0) {
            logNothing();
        } else {
            LogStart.start();
        }
        OptionalInt done = args.length > 0 && args[0].equals("check") ? CheckProcess.run() : OptionalInt.empty();
        if (done.isEmpty()) {
            done = new CommandLine(out, System.getenv()).run(args);
        }
        if (done.isPresent()) {
            System.exit(done.getAsInt());
        }
        LogEnd end = LogEnd.ofProcess();
        int status;
        try {
            PropertyFiles.requireReadable(Environment.system());
            Main main = main(Path.of(""));
            end.within(() -> longestStop(main));
            main.bind("warmUp", new WarmUp(Gateway::isolated));
            status = ForeignCode.call(() -> main.run(new String[0]));
        } catch (Exception e) {
            GatewayLog.LOG.error("The gateway cannot start: {}", StartFailure.message(Environment.system(), e));
            GatewayLog.LOG.debug("Stack trace of the failed start", e);
            status = 1;
        } finally {
            end.reached();
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    /** As long as Camel lets the process live after a signal. */
    private static Duration longestStop(Main main) {
        CamelContext context = main.getCamelContext();
        return context == null ? Duration.ZERO
                : Duration.of(context.getShutdownStrategy().getTimeout(), context.getShutdownStrategy().getTimeUnit().toChronoUnit())
                        .plusSeconds(main.configure().getExtraShutdownTimeout());
    }

    /** Netty reads the property once, before its first buffer. Requests take the same CPU time with and without it. */
    private static void avoidUnsafe() {
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    /**
     * A command prints its result only. The log's configuration would take a quarter of the time of a check (benchmark row
     * "check of a folder").
     */
    private static void logNothing() {
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    }

    /** Creates a gateway that reads {@code application.properties} and {@code routes/} from the folder, or else from its own jar. */
    public static Main main(Path folder) {
        return configured(new GatewayMain(folder), folder);
    }

    /** Creates a gateway that takes nothing from this process: no variable, no system property, no file of its folder. */
    static Main isolated(Environment environment) {
        Path folder = environment.workingDirectory();
        Main main = configured(new IsolatedMain(folder), folder);
        main.bind("environment", environment);
        return main;
    }

    private static Main configured(Main main, Path folder) {
        main.setPropertyPlaceholderLocations(ProfileProperties.locations(folder, System.getProperty("camel.main.profile", System.getenv("CAMEL_MAIN_PROFILE"))));
        if (!Files.isDirectory(folder.resolve("routes"))) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:routes/openai-api.camel.yaml");
        } else if (folder.isAbsolute()) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "file:" + folder.resolve("routes") + "/*.camel.yaml");
        }
        return main;
    }
}
