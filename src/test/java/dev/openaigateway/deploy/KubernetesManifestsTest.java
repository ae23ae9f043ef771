package dev.openaigateway.deploy;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The manifests for kustomize. */
class KubernetesManifestsTest {

    private static final Path FOLDER = Path.of("deploy/kubernetes");

    @ParameterizedTest
    @ValueSource(strings = {"namespace.yaml", "gateway.yaml", "redis.yaml", "network.yaml"})
    @SuppressWarnings("unchecked")
    void shouldBeValid(String file) throws IOException {
        Manifests.parse(Files.readString(FOLDER.resolve(file))).assertValid();
        assertThat((List<String>) kustomization().get("resources")).contains(file);
    }

    @Test
    void shouldLoadTheSettingsWithTheKeysOfTheExample() throws IOException {
        Map<String, String> keys = new HashMap<>();
        Files.readAllLines(FOLDER.resolve("secret.env.example")).stream().filter(line -> line.endsWith("="))
                .forEach(line -> keys.put(line.substring(0, line.length() - 1), "k-" + line));
        String settings = Files.readString(FOLDER.resolve("routes/instances.yaml"));

        assertThat(keys).containsKeys("ADMIN_TOKEN", "MONITOR_TOKEN");
        assertThatCode(() -> TestSettings.parse(settings, new Environment(keys, Path.of("/nonexistent")))).doesNotThrowAnyException();
    }

    @Test
    void shouldNotTakeTheVariablesOfOtherServicesForSettings() throws IOException {
        Map<String, Object> deployment = Manifests.parse(Files.readString(FOLDER.resolve("gateway.yaml"))).only("Deployment", "gateway");

        assertThat(Manifests.text(deployment, "/spec/template/spec/enableServiceLinks")).isEqualTo("false");
    }

    private static Map<String, Object> kustomization() throws IOException {
        return Manifests.parse(Files.readString(FOLDER.resolve("kustomization.yaml"))).only("Kustomization", "");
    }
}
