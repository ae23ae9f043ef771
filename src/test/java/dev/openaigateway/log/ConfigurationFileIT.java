package dev.openaigateway.log;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway whose operator names a configuration file of Log4j. */
@ProcessTest
class ConfigurationFileIT {

    private static final String NO_EFFECT = "have no effect";
    /** Newer JDKs warn on the same output about methods that libraries should not call. */
    private static final String FROM_THE_JVM = "WARNING: ";

    private final Path folder = GatewayFolder.copy()
            .write("own.properties", """
                    appender.console.type = Console
                    appender.console.name = console
                    appender.console.layout.type = PatternLayout
                    appender.console.layout.pattern = OWN %p %m%n
                    rootLogger.level = INFO
                    rootLogger.appenderRef.console.ref = console
                    logger.camel.name = org.apache.camel
                    logger.camel.level = WARN
                    """)
            .write("routes/instances.yaml", "logging: { level: ERROR, format: json }\n").path();

    @Test
    void shouldKeepTheFileWhateverTheLoggingSettingsSay() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder, command())) {
            gateway.await(NO_EFFECT);
            gateway.await("demo upstream answers");
            gateway.send();
            gateway.await("OWN INFO request_id=");
            Files.writeString(folder.resolve("routes/instances.yaml"), "logging: { level: WARN, format: json }\n");
            gateway.await(NO_EFFECT);
            Files.writeString(folder.resolve("routes/instances.yaml"), "routing: { retries: 1 }\n");
            gateway.await("routing.retries");
            gateway.send();
            gateway.await("OWN INFO request_id=");

            assertThat(gateway.output()).filteredOn(line -> !line.startsWith(FROM_THE_JVM)).allMatch(line -> line.startsWith("OWN "));
            assertThat(gateway.output()).filteredOn(line -> line.contains(NO_EFFECT)).hasSize(2);
        }
    }

    /** Log4j writes the buffer of such an appender only when it is full, or when the log is stopped. */
    @Test
    void shouldWriteAllLinesAtTheEnd() throws Exception {
        Path file = folder.resolve("buffered.log");
        Files.writeString(folder.resolve("own.properties"), """
                appender.file.type = File
                appender.file.name = file
                appender.file.fileName = %s
                appender.file.immediateFlush = false
                appender.console.type = Console
                appender.console.name = console
                rootLogger.level = INFO
                rootLogger.appenderRef.file.ref = file
                rootLogger.appenderRef.console.ref = console
                """.formatted(file));
        try (GatewayProcess gateway = GatewayProcess.start(folder, command())) {
            gateway.await("demo upstream answers");
            gateway.send();
            gateway.await("request_id=");
            gateway.stop();
            gateway.awaitEnd();
        }

        assertThat(Files.readString(file)).contains("serves 2 instances", "request_id=", "stops; requests in flight: 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "missing.xml    |                                           | must be a file that the gateway can read",
        "own.txt        | text                                      | must end with .xml, .json, .yaml or .properties, which is how Log4j knows the form",
        "own.xml        | <Configuration><Appenders></Configuration> | is not valid XML: ",
        "own.json       | { \"configuration\": }                  | is not valid JSON: ",
        "own.yaml       | 'Configuration: [ a'                      | is not valid YAML: ",
    })
    void shouldNotStartWithAFileThatLog4jCannotRead(String name, String text, String reason) throws Exception {
        if (text != null) {
            Files.writeString(folder.resolve(name), text);
        }
        String problem = "environment: LOG4J_CONFIGURATION_FILE \"" + name + "\" " + reason;
        try (GatewayProcess gateway = GatewayProcess.start(folder, command("LOG4J_CONFIGURATION_FILE=" + name))) {
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.output()).filteredOn(line -> !line.startsWith(FROM_THE_JVM)).singleElement().asString()
                    .contains("ERROR openaigateway - The gateway cannot start: " + problem);
        }
        assertThat(new CheckCommand(folder, Map.of("LOG4J_CONFIGURATION_FILE", name)).problems()).singleElement().asString().startsWith(problem);
    }

    private List<String> command() {
        return command("LOG4J_CONFIGURATION_FILE=" + folder.resolve("own.properties"));
    }

    private static List<String> command(String variable) {
        List<String> command = new ArrayList<>(List.of("env", variable));
        command.addAll(Checkout.jar());
        return command;
    }
}
