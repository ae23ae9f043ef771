package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A validation reads the files that a reload would read if they had the given texts. The rules are those of the jar. */
@GatewayTest
class ValidatedFilesTest {

    private static final String SETTINGS = """
            admin: { watch_files: false }
            instances: [ { name: east, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:9" } ]
            """;
    private static final String ENTRY = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps: [ { to: "instance:east" } ]
            """;
    private static final String FURTHER = "rules/a.camel.yaml";

    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        Files.delete(folder.path().resolve("routes/routing.camel.yaml"));
        Files.createDirectory(folder.path().resolve("routes/rules"));
        gateway = TestGateway.builder().folder(folder.path()).settings(SETTINGS).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void shouldLeaveTheCopyInTheJarOutIfAnotherFileHasItsRoute() {
        HttpResponse<String> validated = validate(FURTHER, ENTRY);
        assertThat(validated.statusCode()).as(validated.body()).isEqualTo(200);
        folder.write("routes/" + FURTHER, ENTRY);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotPutTheCopyInTheJarInPlaceOfRulesOnDisk() {
        folder.write("routes/" + FURTHER, ENTRY);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);

        String removed = ENTRY.replace("routing", "other");
        HttpResponse<String> validated = validate(FURTHER, removed);
        folder.write("routes/" + FURTHER, removed);
        assertThat(validated.statusCode()).isEqualTo(400);
        assertThat(validated.body()).contains("must keep its route from direct:routing");
        assertThat(gateway.post("/config/reload", "").body()).contains("must keep its route from direct:routing");
    }

    @Test
    void shouldNotReadFilesOfEditors() {
        assertThat(validate("rules/.x.camel.yaml", "- route: [").statusCode()).isEqualTo(200);
        folder.write("routes/rules/.x.camel.yaml", "- route: [");
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACertificateThatCannotBeUsed() throws IOException {
        Path garbage = Files.writeString(folder.path().resolve("garbage.pem"), "garbage");
        String settings = SETTINGS + "tls: { certificate: \"%s\", key: \"%s\" }\n".formatted(garbage, garbage);
        HttpResponse<String> text = gateway.post("/config/validate", settings);
        HttpResponse<String> files = validate("instances.yaml", settings);
        Files.writeString(gateway.settingsFile(), settings);
        HttpResponse<String> reloaded = gateway.post("/config/reload", "");

        assertThat(reloaded.statusCode()).isEqualTo(400);
        String problem = problem(reloaded).replace(gateway.settingsFile().toString(), "");
        assertThat(problem(text)).isEqualTo("request" + problem);
        assertThat(problem(files)).isEqualTo("instances.yaml" + problem);
    }

    private HttpResponse<String> validate(String file, String text) {
        return gateway.post("/config/validate", new ObjectMapper().valueToTree(Map.of("files", Map.of(file, text))).toString());
    }

    private static String problem(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body()).at("/error/message").asText();
    }
}
