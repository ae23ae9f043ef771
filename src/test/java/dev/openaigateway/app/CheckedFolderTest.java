package dev.openaigateway.app;

import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A check of the wrong folder must not be taken for one that finds nothing wrong. */
@GatewayTest
class CheckedFolderTest {

    @TempDir
    private Path folder;

    private String refused(Path checked) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        assertThat(new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), Map.of()).run("check", checked.toString())).hasValue(2);
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldRefuseAFolderWithNothingToCheck() throws IOException {
        Files.writeString(folder.resolve("values.yaml"), "a: b\n");

        assertThat(refused(folder)).contains("has neither a folder 'routes' nor application.properties, so nothing in it would be checked");
    }

    @Test
    void shouldCheckSettingsThatAreVariablesOnly() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Map<String, String> variables = Map.of("API_INSTANCES", "east", "API_INSTANCE_EAST_API_BASE", "http://h", "API_INSTANCE_EAST_PROVIDER_TYPE", "genric");

        assertThat(new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), variables).run("check", folder.toString())).hasValue(1);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("API_INSTANCE_EAST_PROVIDER_TYPE", "generic");
    }

    @Test
    void shouldCheckASingleInstanceThatIsVariablesOnly() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Map<String, String> variables = Map.of("API_BASE", "http://h", "API_KEY", "k", "PORT", "abc");

        assertThat(new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), variables).run("check", folder.toString())).hasValue(1);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("PORT \"abc\"");
    }

    @Test
    void shouldOpenNoManagementPort() throws IOException {
        try (ServerSocket running = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("application.properties"),
                    "camel.management.enabled = true\ncamel.management.host = 127.0.0.1\ncamel.management.port = " + running.getLocalPort() + "\n");

            assertThat(new CheckCommand(folder, Map.of()).problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"instances.yaml", "instances-production.yaml", "routing.camel.yaml"})
    void shouldRefuseAFolderWhoseFilesAreNotRead(String name) throws IOException {
        Files.writeString(folder.resolve(name), "prot: 1\n");
        Files.writeString(folder.resolve("application.properties"), "");

        assertThat(refused(folder)).contains("are not read; put them into a folder 'routes' in it");
    }

    @Test
    void shouldNameTheFolderAroundRoutes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("instances.yaml"), "prot: 1\n");

        assertThat(refused(routes)).contains("check the folder around it, '" + folder.toAbsolutePath() + "'");
    }
}
