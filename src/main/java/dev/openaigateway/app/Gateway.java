package dev.openaigateway.app;

import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;

/** Starts the gateway as a standalone application. */
public final class Gateway {

    private Gateway() {
    }

    /** Runs until the process is stopped. Exits with status 1 if the gateway cannot start. */
    public static void main(String... args) {
        int status;
        try {
            status = main(Path.of("")).run(args);
        } catch (Exception | ServiceConfigurationError e) {
            Logger log = LoggerFactory.getLogger("dev.openaigateway");
            log.error("The gateway cannot start: {}", reason(e));
            log.debug("Stack trace of the failed start", e);
            status = 1;
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Creates a gateway that reads {@code application.properties} and {@code routes/} from the folder, or else from its own jar. */
    public static Main main(Path folder) {
        Main main = new GatewayMain(folder);
        Path properties = folder.resolve("application.properties");
        main.setPropertyPlaceholderLocations(Files.exists(properties) ? "file:" + properties : "classpath:application.properties");
        if (!Files.isDirectory(folder.resolve("routes"))) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:routes/*.camel.yaml");
        } else if (folder.isAbsolute()) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "file:" + folder.resolve("routes") + "/*.camel.yaml");
        }
        return main;
    }

    /** Returns the message of the innermost cause that has one. */
    private static String reason(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message;
    }
}
