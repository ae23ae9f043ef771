package dev.openaigateway.app;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The user's folder holds a part of the files only; the rest comes from the jar. */
@GatewayTest
class PartialFolderTest {

    private static final String TO_GENERIC = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - to: { uri: "instance:demo-generic" }
            """;

    @TempDir
    Path folder;

    private static String responded(TestGateway gateway) {
        HttpResponse<String> response = gateway.chat("gpt-4o");
        return response.headers().firstValue("x-gateway-instance").orElse(response.body());
    }

    private TestGateway start() {
        return TestGateway.builder().folder(folder).start();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void shouldStartInAnEmptyFolder() {
        try (TestGateway gateway = start()) {
            assertThat(responded(gateway)).isEqualTo("demo-azure");
        }
    }

    @Test
    void shouldStartWithSettingsOnly() throws IOException {
        write("routes/instances.yaml", "name: Mine\n");
        try (TestGateway gateway = start()) {
            assertThat(responded(gateway)).isEqualTo("demo-azure");
        }
    }

    @Test
    void shouldStartWithRulesOnlyAndSayWhereFilesComeFrom() throws IOException {
        write("routes/routing.camel.yaml", TO_GENERIC);
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = start()) {
            assertThat(responded(gateway)).isEqualTo("demo-generic");
            assertThat(log.linesWith("Route files from " + folder.resolve("routes") + ": routing.camel.yaml; from the jar: admin.camel.yaml"))
                    .hasSize(1);
        }
    }

    @Test
    void shouldTakeRulesInTheirFolderInPlaceOfThoseInTheJar() throws IOException {
        write("routes/rules/mine.camel.yaml", TO_GENERIC);
        try (TestGateway gateway = start()) {
            assertThat(responded(gateway)).isEqualTo("demo-generic");
        }
    }

    @Test
    void shouldApplyRulesThatAreAddedToTheFolderLater() throws IOException {
        write("routes/instances.yaml", "admin: { watch_files: false }\n");
        try (TestGateway gateway = start()) {
            write("routes/routing.camel.yaml", TO_GENERIC);
            assertThat(gateway.post("/config/reload", "").body()).contains("routing.camel.yaml");
            assertThat(responded(gateway)).isEqualTo("demo-generic");
        }
    }

    @Test
    void shouldServeAnEndpointOfTheUserBesideThoseInTheJar() throws IOException {
        write("routes/mine.camel.yaml", """
                - route:
                    id: mine
                    routeConfigurationId: errors
                    from:
                      uri: platform-http:/mine
                      steps:
                        - throwException: { exceptionType: java.lang.IllegalStateException, message: never shown }
                """);
        try (TestGateway gateway = start()) {
            assertThat(gateway.get("/mine").body()).contains("\"error\"").doesNotContain("never shown");
            assertThat(responded(gateway)).isEqualTo("demo-azure");
        }
    }

    @Test
    void shouldTakeMissingPropertiesFromTheJar() throws IOException {
        write("application.properties", "camel.main.name = mine\nevents.queue = 7\n");
        try (TestGateway gateway = start()) {
            assertThat(responded(gateway)).isEqualTo("demo-azure");
            assertThat(gateway.main().getCamelContext().getName()).isEqualTo("mine");
            assertThat(gateway.main().getCamelContext().resolvePropertyPlaceholders("{{events.queue}} {{events.sql.enabled}}"))
                    .isEqualTo("7 false");
        }
    }
}
