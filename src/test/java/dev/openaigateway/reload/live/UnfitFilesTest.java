package dev.openaigateway.reload.live;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What would hold the thread that reloads: a pipe or a device in place of a file, and a text without bound. */
@GatewayTest
class UnfitFilesTest {

    private static final String SETTINGS = """
            admin: { watch_files: false }
            instances: [ { name: east, provider_type: generic, api_key: k, api_base: "http://east" } ]
            """;
    private static final String RULES = "- route: { id: routing, from: { uri: direct:routing, steps: [ { to: \"instance:east\" } ] } }\n";

    private final GatewayFolder folder = GatewayFolder.copy().rules(RULES).write("routes/instances.yaml", SETTINGS);
    private TestGateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        Files.createDirectory(folder.path().resolve("routes/rules"));
        gateway = TestGateway.builder().folder(folder.path()).settings(SETTINGS).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/routing.camel.yaml", "routes/events.camel.yaml", "routes/rules/a.camel.yaml"})
    void shouldRefuseADeviceInPlaceOfRules(String name) throws IOException {
        device(folder.path().resolve(name));

        assertRefused(name, "must be a regular file; it is a pipe, a socket or a device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/instances.yaml", "routes/instances-local.yaml", "routes/own.camel.yaml"})
    void shouldRefuseADeviceAtTheStart(String name) throws IOException {
        device(folder.path().resolve(name));

        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).singleElement().asString()
                .contains(name, "must be a regular file");
    }

    @Test
    void shouldRefuseADeviceInPlaceOfTheSettings() throws IOException {
        device(gateway.settingsFile());

        HttpResponse<String> reload = gateway.post("/config/reload", "");
        assertThat(reload.statusCode()).isEqualTo(400);
        assertThat(reload.body()).contains(gateway.settingsFile().getFileName().toString(), "must be a regular file");
    }

    @Test
    void shouldRefuseRulesWithoutBound() {
        String text = RULES + "# " + "x".repeat(20 << 20);
        folder.write("routes/rules/a.camel.yaml", text);

        assertRefused("routes/rules/a.camel.yaml", "must have at most 1 MB");
        HttpResponse<String> validated = gateway.post("/config/validate", text);
        assertThat(validated.statusCode()).isEqualTo(400);
        assertThat(validated.body()).contains("must have at most 1 MB");
    }

    @Test
    void shouldRefuseSettingsWithoutBound() throws IOException {
        String text = SETTINGS + "# " + "x".repeat(20 << 20);
        folder.write("routes/instances.yaml", text);
        Files.writeString(gateway.settingsFile(), text);

        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).singleElement().asString().isEqualTo("routes/instances.yaml: must have at most 10 MB");
        for (String path : new String[] {"/config/reload", "/config/validate"}) {
            HttpResponse<String> refused = gateway.post(path, path.endsWith("reload") ? "" : text);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("must have at most 10 MB");
        }
    }

    @Test
    void shouldReadSettingsOfSeveralMegabytes() throws IOException {
        Files.writeString(gateway.settingsFile(), "# " + "x".repeat(5 << 20) + "\n" + SETTINGS);

        HttpResponse<String> reload = gateway.post("/config/reload", "");
        assertThat(reload.statusCode()).as(reload.body()).isEqualTo(200);
    }

    /** A device without end is at hand where a pipe is not. */
    private static void device(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }

    private void assertRefused(String file, String rule) {
        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).singleElement().asString().contains(file + ": " + rule);
        HttpResponse<String> reload = gateway.post("/config/reload", "");
        assertThat(reload.statusCode()).isEqualTo(400);
        assertThat(reload.body()).contains(file, rule);
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }
}
