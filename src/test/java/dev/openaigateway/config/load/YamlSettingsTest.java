package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class YamlSettingsTest {

    @TempDir
    Path folder;

    @Test
    void shouldMergeOverlayByInstanceName() throws Exception {
        write("routes/instances.yaml", """
                port: 3011
                instances:
                  - name: east
                    api_key: "${EAST_KEY}"
                    api_base: https://east.openai.azure.com/
                    max_tpm: 1000
                  - { name: west, api_key: k, api_base: "https://west.openai.azure.com" }
                """);
        write("routes/instances-production.yaml", """
                routing: { strategy: weighted }
                instances:
                  - { name: east, max_tpm: "${EAST_TPM:-240000}" }
                """);

        LoadedSettings loaded = load(Map.of("ENVIRONMENT", "production", "EAST_KEY", "secret-east"));

        Settings settings = loaded.settings();
        assertThat(settings.port()).isEqualTo(3011);
        assertThat(settings.routing().strategy()).isEqualTo(RoutingSettings.Strategy.WEIGHTED);
        assertThat(settings.instances()).extracting(InstanceSettings::name).containsExactly("east", "west");
        assertThat(settings.instances().get(0).maxTpm()).isEqualTo(240_000);
        assertThat(settings.instances().get(0).apiKey().value()).isEqualTo("secret-east");
        assertThat(settings.instances().get(0).apiBase()).hasToString("https://east.openai.azure.com");
        assertThat(loaded.origins()).containsEntry("instances[east].max_tpm", "routes/instances-production.yaml:3")
                .containsEntry("instances[east].api_base", "routes/instances.yaml:5")
                .containsEntry("instances[east].weight", "default");
        assertThat(loaded.shown().toString()).contains("\"api_key\":\"****\"").doesNotContain("secret-east");
    }

    @Test
    void shouldReportFilePathValueRuleAndNearestName() throws Exception {
        write("routes/instances.yaml", """
                routing:
                  strategy: fail_over
                instances:
                  - name: east
                    api_key: k
                    api_base: https://east.openai.azure.com
                    max_tmp: 10
                    timeout: abc
                """);

        assertThat(problems(Map.of())).extracting(Problem::message).containsExactlyInAnyOrder(
                "routes/instances.yaml:2: routing.strategy \"fail_over\" must be one of failover, priority, round_robin, weighted, "
                        + "least_loaded, least_busy, fastest, sticky, model_specific, composite; did you mean \"failover\"?",
                "routes/instances.yaml:7: instances[0].max_tmp is not a known key; did you mean \"max_tpm\"?",
                "routes/instances.yaml:8: instances[0].timeout \"abc\" must be a number of seconds from 0.001 to 86400");
    }

    @Test
    void shouldReportMissingVariable() throws Exception {
        write("routes/instances.yaml", "instances:\n  - { name: east, api_key: '${EAST_KEY}', api_base: 'https://e' }\n");

        assertThat(problems(Map.of("EAST_KYE", "secret"))).extracting(Problem::message).containsExactly(
                "routes/instances.yaml:2: instances[0].api_key \"${EAST_KEY}\" needs the environment variable EAST_KEY, "
                        + "which is not set (or write ${EAST_KEY:-default}); did you mean \"EAST_KYE\"?");
    }

    @Test
    void shouldDistinguishOriginsOfNamesWithCommonPrefix() throws Exception {
        write("routes/instances.yaml", """
                instances:
                  - { name: east, api_key: k, api_base: "https://e", model_deployments: { gpt-4: a, gpt-4.1: b } }
                """);
        write("routes/instances-local.yaml", "instances: [{ name: east, model_deployments: { gpt-4: c } }]");

        assertThat(load(Map.of()).origins())
                .containsEntry("instances[east].model_deployments.gpt-4", "routes/instances-local.yaml:1")
                .containsEntry("instances[east].model_deployments[gpt-4.1]", "routes/instances.yaml:2");
    }

    @Test
    void shouldWatchOverlayThatDoesNotExistYet() throws Exception {
        write("routes/instances.yaml", "port: 1");

        assertThat(load(Map.of("ENVIRONMENT", "production")).files())
                .containsExactly(folder.resolve("routes/instances.yaml"), folder.resolve("routes/instances-production.yaml"));
    }

    @Test
    void shouldTreatEmptyValuesAsNotGiven() throws Exception {
        Settings settings = TestSettings.parse("port: ${PORT_OF_MINE:-}\nhost:\nclients: { keys: [] }\n", new Environment(Map.of(), folder));

        assertThat(settings.port()).isEqualTo(3010);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldUseDefaultsForEverythingNotGiven() throws Exception {
        Settings settings = TestSettings.parse("", new Environment(Map.of(), folder));

        assertThat(settings.port()).isEqualTo(3010);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.baseUrl()).isEqualTo("http://localhost:3010");
        assertThat(settings.routing().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.rateLimit().tpm()).isZero();
        assertThat(settings.instances()).isEmpty();
    }

    private LoadedSettings load(Map<String, String> variables) throws InvalidSettingsException {
        return TestSettings.loader(new Environment(variables, folder)).load();
    }

    private List<Problem> problems(Map<String, String> variables) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> load(variables)).problems();
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
