package dev.openaigateway.runtime;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the gateway as an application of its own. */
public final class Gateway {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private Gateway() {
    }

    /** Runs until the process is told to stop; ends it with status 1 if the gateway cannot start. */
    public static void main(String[] args) throws Exception {
        try {
            main(Path.of("")).run(args);
        } catch (Exception e) {
            if (!(e instanceof StartupException told && told.isLogged())) {
                LOG.error("The gateway cannot start: {}", reason(e));
                LOG.debug("Stack trace of the failed start", e);
            }
            System.exit(1);
        }
    }

    /** A gateway that takes {@code application.properties} and {@code routes/} from the folder, else from its own jar. */
    public static Main main(Path folder) {
        Main main = new Main();
        Path properties = folder.resolve("application.properties");
        main.setPropertyPlaceholderLocations(Files.exists(properties) ? "file:" + properties : "classpath:application.properties");
        if (!Files.isDirectory(folder.resolve("routes"))) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:routes/*.camel.yaml");
        } else if (folder.isAbsolute()) {
            main.addOverrideProperty("camel.main.routesIncludePattern", "file:" + folder.resolve("routes") + "/*.camel.yaml");
        }
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                StartupException failure = starting.getCamelContext().getRegistry()
                        .lookupByNameAndType(GatewayPlugin.FAILURE, StartupException.class);
                if (failure != null) {
                    throw failure;
                }
            }
        });
        return main;
    }

    /** The innermost cause that has something to say. */
    private static String reason(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message;
    }
}
