package dev.openaigateway.app;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code mvn camel:run} in a fresh clone. */
@ProcessTest
class MavenRunIT {

    private static final List<String> COMMAND = List.of(
            System.getProperty("maven.home") + "/bin/mvn", "-B", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"), "camel:run");

    @TempDir
    Path folder;

    @Test
    void shouldCompileAndRespondAndEndWithAnErrorWhenTheSettingsAreWrong() throws Exception {
        Checkout.cloneTo(folder);

        try (GatewayProcess gateway = GatewayProcess.start(folder, COMMAND)) {
            gateway.await("Camel OpenAI Gateway serves");

            assertThat(gateway.send().body()).contains("This is the demo upstream");
        }
        try (GatewayProcess gateway = GatewayProcess.start(folder, COMMAND, "many")) {
            assertThat(gateway.await("The gateway cannot start")).contains("PORT \"many\"");
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.output()).noneMatch(line -> line.contains("BUILD SUCCESS") || line.startsWith("\tat "));
        }
    }
}
