package dev.openaigateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openaigateway.support.Checkout;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the text of the container files. No container engine runs. */
class ContainerFilesTest {

    @Test
    void shouldServePort3010AsAnUnprivilegedUser() throws IOException {
        List<String> lines = Files.readAllLines(Checkout.FOLDER.resolve("Dockerfile"));
        List<String> lastStage = lines.subList(lines.lastIndexOf("FROM ${JAVA_IMAGE}"), lines.size());

        assertThat(lastStage).contains("EXPOSE 3010", "USER 10001:10001")
                .anyMatch(line -> line.startsWith("ENV HOST=0.0.0.0 PORT=3010"))
                .anyMatch(line -> line.startsWith("HEALTHCHECK "))
                .anyMatch(line -> line.contains("GET /health/ready"))
                .noneMatch(line -> line.contains("maven"));
    }

    @Test
    void shouldNameItsBaseImagesByDigest() throws IOException {
        List<String> lines = Files.readAllLines(Checkout.FOLDER.resolve("Dockerfile"));

        assertThat(lines).filteredOn(line -> line.startsWith("ARG ")).hasSize(2).allMatch(line -> line.matches("ARG \\w+_IMAGE=[\\w.:-]+@sha256:[0-9a-f]{64}"));
        assertThat(lines).filteredOn(line -> line.startsWith("FROM ")).hasSize(3).allMatch(line -> line.matches("FROM \\$\\{\\w+_IMAGE}.*"));
    }

    @Test
    void shouldStartClassesThatExist() throws IOException {
        Stream<String> lines = Files.lines(Checkout.FOLDER.resolve("Dockerfile")).filter(line -> line.contains("-cp"));

        assertThat(lines.map(line -> line.replaceAll(".*(dev\\.openaigateway\\.[\\w.]+).*", "$1"))).hasSize(3)
                .allSatisfy(name -> assertThat(Class.forName(name)).hasMethods("main"));
    }

    @Test
    void shouldAllowLogFilesRelativeToTheWorkingDirectory() throws IOException {
        // given
        String dockerfile = Files.readString(Checkout.FOLDER.resolve("Dockerfile"));
        JsonNode gateway = new YAMLMapper().readTree(Checkout.FOLDER.resolve("compose.yaml").toFile()).at("/services/gateway");
        // then
        assertThat(dockerfile).contains("RUN install -d -o 10001 -g 10001 /logs /gateway/logs /gateway/overlay\n");
        assertThat(gateway.path("tmpfs")).extracting(JsonNode::asText).contains("/logs", "/gateway/logs");
    }

    @Test
    void shouldHoldTheLicenceAndTheBillOfMaterials() throws IOException {
        assertThat(Files.readAllLines(Checkout.FOLDER.resolve("Dockerfile")))
                .contains("COPY --from=build /build/LICENSE /build/target/bom.json licenses/");
        assertThat(Files.readAllLines(Checkout.FOLDER.resolve(".dockerignore"))).contains("!LICENSE");
    }

    @Test
    void shouldKeepChangesOverTheAdminApiInAVolume() throws IOException {
        JsonNode compose = new YAMLMapper().readTree(Checkout.FOLDER.resolve("compose.yaml").toFile());

        assertThat(compose.at("/services/gateway/environment/GATEWAY_OVERLAY").asText()).isEqualTo("/gateway/overlay/instances.yaml");
        assertThat(compose.at("/services/gateway/volumes")).extracting(JsonNode::asText).contains("overlay:/gateway/overlay");
        assertThat(compose.path("volumes").has("overlay")).isTrue();
    }

    @Test
    void shouldTakeExtensions() throws IOException {
        JsonNode gateway = new YAMLMapper().readTree(Checkout.FOLDER.resolve("compose.yaml").toFile()).at("/services/gateway");

        assertThat(Files.readAllLines(Checkout.FOLDER.resolve("Dockerfile"))).contains("COPY ext ext");
        assertThat(Files.readAllLines(Checkout.FOLDER.resolve(".dockerignore"))).contains("!ext");
        assertThat(gateway.path("volumes")).extracting(JsonNode::asText).contains("./ext:/gateway/ext:ro");
    }

    @Test
    void shouldStartRedisWithTheGatewayAndTheRedisUiOnlyOnRequest() throws IOException {
        JsonNode services = new YAMLMapper().readTree(Checkout.FOLDER.resolve("compose.yaml").toFile()).path("services");

        assertThat(services.path("gateway").path("ports").path(0).asText()).isEqualTo("${BIND_ADDRESS:-127.0.0.1}:${PORT:-3010}:${PORT:-3010}");
        assertThat(services.path("gateway").path("environment").path("REDIS_URL").asText()).isEqualTo("redis://redis:6379");
        assertThat(services.path("gateway").path("depends_on").path("redis").path("condition").asText()).isEqualTo("service_healthy");
        assertThat(services.path("redis").has("healthcheck")).isTrue();
        assertThat(services.path("redis-commander").path("profiles").path(0).asText()).isEqualTo("tools");
        assertThat(services.path("gateway").has("profiles")).isFalse();
    }

    @Test
    void shouldAskForATokenAndAKeyThatTheExampleNames() throws IOException {
        JsonNode environment = new YAMLMapper().readTree(Checkout.FOLDER.resolve("compose.yaml").toFile()).at("/services/gateway/environment");
        List<String> example = Files.readAllLines(Checkout.FOLDER.resolve(".env.example"));

        for (String name : List.of("ADMIN_TOKEN", "CLIENT_KEYS")) {
            assertThat(environment.path(name).asText()).startsWith("${" + name + ":?");
            assertThat(example).contains(name + "=");
        }
        assertThat(Files.readAllLines(Checkout.FOLDER.resolve(".gitignore"))).contains(".env");
    }
}
