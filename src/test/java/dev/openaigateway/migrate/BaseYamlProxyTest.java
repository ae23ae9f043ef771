package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static dev.openaigateway.migrate.Printed.json;
import static dev.openaigateway.migrate.Printed.last;
import static org.assertj.core.api.Assertions.assertThat;

/** A proxy with a folder of {@code base.yaml} and overlay files. */
@GatewayTest
class BaseYamlProxyTest {

    private final ScriptedUpstream azure = ScriptedUpstream.start();
    private TestGateway gateway;

    @TempDir
    private Path config;
    @TempDir
    private Path logs;

    @BeforeEach
    void writeFolder() throws IOException {
        for (String file : new String[] {"base.yaml", "production.yaml"}) {
            Files.writeString(config.resolve(file), Printed.text("hierarchy/" + file,
                    Map.of("https://example.openai.azure.com", azure.uri(), "../logs/app.log", logs.resolve("app.log").toString())));
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
        azure.close();
        Configurator.reconfigure();
    }

    @Test
    void shouldServeTheModelsOfBaseYaml() {
        start(Map.of());

        gateway.chat("gpt-4o-mini");

        assertThat(last(azure).target()).isEqualTo("/openai/deployments/gpt4omini/chat/completions?api-version=2024-08-01-preview");
        assertThat(last(azure).header("api-key")).isEqualTo("k1");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o-2024-11-20, gpt4o-november", "gpt-4o-2024-08-06, gpt4o-august"})
    void shouldSendEachVersionToItsOwnDeployment(String model, String deployment) {
        start(Map.of("ENVIRONMENT", "production"));

        gateway.chat(model);

        assertThat(last(azure).path()).isEqualTo("/openai/deployments/" + deployment + "/chat/completions");
    }

    @Test
    void shouldNotMistakeAVersionForItsModel() {
        start(Map.of("ENVIRONMENT", "production"));

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(json(response, 404).at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(response.body()).contains("gpt-4o-2024-08-06", "gpt-4o-2024-11-20");
        assertThat(azure.requests()).isEmpty();
    }

    @Test
    void shouldMapAVersionByItsVariable() {
        start(Map.of("ENVIRONMENT", "production", "API_INSTANCE_INSTANCE1_MODEL_MAP_GPT-4O-2024-11-20", "gpt4o-by-variable"));

        gateway.chat("gpt-4o-2024-11-20");

        assertThat(last(azure).path()).isEqualTo("/openai/deployments/gpt4o-by-variable/chat/completions");
    }

    @Test
    void shouldReloadAChangedFolder() throws IOException {
        start(Map.of());
        Path base = config.resolve("base.yaml");
        Files.writeString(base, Files.readString(base).replace("\"gpt4omini\"", "\"gpt4omini-new\""));

        assertThat(json(gateway.post("/config/reload", ""), 200).at("/status").asText()).isEqualTo("reloaded");

        gateway.chat("gpt-4o-mini");
        assertThat(last(azure).path()).isEqualTo("/openai/deployments/gpt4omini-new/chat/completions");
    }

    @Test
    void shouldShowTheSettingsWithoutSecrets() {
        start(Map.of());

        JsonNode config = json(gateway.get("/config"), 200);

        assertThat(config.at("/settings/name").asText()).isEqualTo("Azure OpenAI Proxy");
        assertThat(config.at("/settings/routing/timeout").asInt()).isEqualTo(60);
        assertThat(config.at("/settings/instances/0/model_deployments/gpt-4o").asText()).isEqualTo("gpt4o");
        assertThat(config.toString()).doesNotContain("k1", "open.feishu.cn");
    }

    @Test
    void shouldShowEachWindowOfTheSettings() {
        start(Map.of());
        gateway.chat("gpt-4o");

        JsonNode windows = json(gateway.get("/stats/windows"), 200).at("/windows");

        assertThat(windows.fieldNames()).toIterable().containsExactly("5", "15", "30", "60");
        assertThat(windows.at("/60/total/error_rate").isNumber()).isTrue();
    }

    @Test
    void shouldKeepAsManyOldLogFilesAsTheSettingsSay() throws IOException {
        Path base = config.resolve("base.yaml");
        Files.writeString(base, Files.readString(base).replace("5242880", "1024"));
        start(Map.of());

        while (!Files.exists(logs.resolve("app.log.3"))) {
            assertThat(azure.requests()).as("each request writes a line to the log").hasSizeLessThan(5_000);
            gateway.chat("gpt-4o");
        }
        for (int i = 0; i < 20; i++) {
            gateway.chat("gpt-4o");
        }
        gateway.close();

        try (Stream<Path> files = Files.list(logs)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("app.log", "app.log.1", "app.log.2", "app.log.3");
        }
        assertThat(Files.readString(logs.resolve("app.log.3"))).contains("model=gpt-4o instance=instance1");
    }

    private void start(Map<String, String> more) {
        gateway = Printed.with(TestGateway.builder().variable("GATEWAY_CONFIG", config.toString()).variable("AZURE_API_KEY_1", "k1")
                .variable("FEISHU_WEBHOOK_URL", "https://open.feishu.cn/hook/x"), more).start();
    }
}
