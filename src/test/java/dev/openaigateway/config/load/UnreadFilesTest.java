package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
        "routes/rules/a.camel.yml, a.camel.yaml", "routes/rules/a.yaml, a.camel.yaml", "routes/rules/a.yml, a.camel.yaml",
        "routes/routing.yaml, routing.camel.yaml", "routes/Routing.YAML, routing.camel.yaml", "routes/event.yml, events.camel.yaml",
        "routes/instance.yaml, instances.yaml", "routes/instances.YAML, instances.yaml", "routes/Instance-prod.yaml, instances-prod.yaml",
        "routes/other.yaml, other.camel.yaml", "routes/routing.camel.YAML, routing.camel.yaml", "routes/routing.camel-yaml, routing.camel.yaml",
        "routes/rules/a.camel.YAML, a.camel.yaml", "routes/rules/a.Camel.yaml, a.camel.yaml", "routes/rules/a.camel-yaml, a.camel.yaml",
        "routes/rules/a.camel.yam, a.camel.yaml", "routes/rules/a.YAML, a.camel.yaml"})
    void shouldRefuseAFileWhoseNameIsNearlyRight(String file, String right) throws Exception {
        Files.writeString(folder.resolve(file), "- route:\n    id: a\n");

        assertThatThrownBy(this::load).hasMessage(file + ": is not read because of its name; did you mean \"" + right + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/rules/kustomization.yaml", "routes/other.yaml", "routes/rules/a.camel.yaml", "routes/instances.yaml.bak", "routes/rules/a.yaml~",
        "routes/instances-prod.yaml", "routes/own.camel.yaml", "routes/rules/.a.camel.yml", "routes/rules/..data/a.camel.yaml", "routes/roots/a.camel.yaml",
        "routes/rule/kustomization.yaml"})
    void shouldLeaveOtherFilesAlone(String file) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "resources: []\n");

        assertThat(load().settings().instances()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule", "Rules", "ruls"})
    void shouldRefuseAFolderWhoseNameIsNearlyRight(String name) throws Exception {
        Files.createDirectories(folder.resolve("routes").resolve(name));
        Files.writeString(folder.resolve("routes").resolve(name).resolve("a.camel.yaml"), "- route:\n    id: a\n");

        assertThatThrownBy(this::load).hasMessage("routes/" + name + ": is not read because of its name; did you mean \"rules\"?");
    }

    @Test
    void shouldRefuseRulesInAFolderBelow() throws Exception {
        Files.createDirectories(folder.resolve("routes/rules/sub"));
        Files.writeString(folder.resolve("routes/rules/sub/a.camel.yaml"), "- route:\n    id: a\n");

        assertThatThrownBy(this::load).hasMessage(
                "routes/rules/sub/a.camel.yaml: is not read because of its place: rules are in the folder 'rules', not in folders below it");
    }

    @Test
    void shouldTellAFolderFromAFileThatCannotBeRead() throws Exception {
        Files.createDirectories(folder.resolve("routes/instances.yaml"));

        assertThatThrownBy(this::load).hasMessage("routes/instances.yaml: is a folder, not a file");
    }

    /** The user root may read anything. */
    @ParameterizedTest
    @CsvSource({"routes/rules, ---------", "routes/rules, rw-------", "routes/rules, -wx------", "routes, ---------", "routes, rw-------"})
    void shouldRefuseAFolderThatCannotBeRead(String name, String permissions) throws Exception {
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(permissions));
        try {
            assumeFalse(Files.isReadable(folder.resolve(name)) && Files.isExecutable(folder.resolve(name)));

            assertThatThrownBy(this::load).hasMessage(name + ": is a folder that cannot be read: the user of this process has no permission to list and enter it");
        } finally {
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
        }
    }
}
