package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultFileTest {

    private static final Environment ENVIRONMENT = new Environment(
            Map.of("AZURE_API_KEY_EAST", "k1", "CLIENT_KEY", "c1", "SEARCH_KEY", "c2"), Path.of("/nonexistent"));

    @Test
    void shouldEqualTheDefaults() throws Exception {
        assertThat(TestSettings.parse(text(), ENVIRONMENT)).isEqualTo(TestSettings.parse("", ENVIRONMENT));
    }

    @Test
    void shouldDocumentOnlyKnownKeysAndTrueDefaults() throws Exception {
        String keys = text().lines()
                .map(line -> line.replaceFirst("^# ?", ""))
                .filter(line -> line.matches("( *[a-z_]+:.*| +- .*)|.*gpt-4o:"))
                .filter(line -> !line.startsWith("instances: []") && !line.contains("logs/gateway.log") && !line.contains("use_redis") && !line.contains("default_model"))
                .collect(Collectors.joining("\n"));

        Settings shown = TestSettings.parse(keys, ENVIRONMENT);

        assertThat(shown.instances()).extracting(InstanceSettings::name).containsExactly("azure-east");
        assertThat(shown.instances().get(0).targets().get("gpt-4o")).containsOnlyKeys("embeddings");
        String withoutInstances = keys.substring(0, keys.indexOf("instances:"));
        assertThat(TestSettings.parse(withoutInstances, ENVIRONMENT)).isEqualTo(TestSettings.parse("", ENVIRONMENT));
    }

    private static String text() throws Exception {
        return Files.readString(Path.of("routes/instances.yaml"));
    }
}
