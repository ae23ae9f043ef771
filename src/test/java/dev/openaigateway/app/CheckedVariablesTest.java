package dev.openaigateway.app;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel reads the environment variables of the process itself, so each check is a process. */
@ProcessTest
class CheckedVariablesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"EVENTS_SQL_ENABLED, ture, must be true or false", "EVENTS_QUEUE, x, must be a whole number from 1 to 10000000",
        "CAMEL_MANAGEMENT_ENABLED, ja, must be true or false"})
    void shouldReportAWrongVariableOnceAndTheRestOfTheFolder(String name, String value, String rule) throws Exception {
        Files.createDirectory(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/instances.yaml"), "prot: 3010\n");
        ProcessBuilder check = new ProcessBuilder(Checkout.shortLived("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Gateway.class.getName(), "check", folder.toString())).redirectErrorStream(true);
        check.environment().putAll(Map.of(name, value, "EVENTS_WEBHOOK_ENABLED", "true"));
        Process process = check.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(lines).containsExactlyInAnyOrder("environment: " + name + " \"" + value + "\" " + rule,
                "routes/instances.yaml:1: prot is not a known key; did you mean \"port\"?");
    }
}
