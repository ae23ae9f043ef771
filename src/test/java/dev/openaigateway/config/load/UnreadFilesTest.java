package dev.openaigateway.config.load;

import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnreadFilesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectories(folder.resolve("routes/rules"));
    }

    private LoadedSettings load() throws InvalidSettingsException {
        return TestSettings.loader(new Environment(Map.of(), folder)).load();
    }

    @ParameterizedTest
    @CsvSource({"routes/instances.yml, instances.yaml", "routes/instances-local.yml, instances-local.yaml", "routes/routing.camel.yml, routing.camel.yaml",
        "routes/rules/a.camel.yml, a.camel.yaml", "routes/rules/a.yaml, a.camel.yaml", "routes/rules/a.yml, a.camel.yaml"})
    void shouldRefuseAFileWhoseNameIsNearlyRight(String file, String right) throws Exception {
        Files.writeString(folder.resolve(file), "- route:\n    id: a\n");

        assertThatThrownBy(this::load).hasMessage(file + ": is not read because of its name; did you mean \"" + right + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/rules/kustomization.yaml", "routes/other.yaml", "routes/rules/a.camel.yaml", "routes/instances.yaml.bak", "routes/rules/a.yaml~"})
    void shouldLeaveOtherFilesAlone(String file) throws Exception {
        Files.writeString(folder.resolve(file), "resources: []\n");

        assertThat(load().settings().instances()).isEmpty();
    }

    @Test
    void shouldTellAFolderFromAFileThatCannotBeRead() throws Exception {
        Files.createDirectories(folder.resolve("routes/instances.yaml"));

        assertThatThrownBy(this::load).hasMessage("routes/instances.yaml: is a folder, not a file");
    }
}
