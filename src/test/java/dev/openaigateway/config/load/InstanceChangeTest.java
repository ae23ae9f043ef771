package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceChangeTest {

    @TempDir
    Path folder;
    private Path overlay;
    private SettingsLoader loader;

    @BeforeEach
    void writeInstances() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/instances.yaml"), """
                instances:
                  - { name: east, api_key: "${EAST_KEY}", api_base: "https://east.openai.azure.com", max_tpm: 1000, weight: 10 }
                """);
        overlay = folder.resolve("routes/instances-local.yaml");
        loader = TestSettings.loader(new Environment(Map.of("EAST_KEY", "east-secret", "API_INSTANCE_EAST_WEIGHT", "20"), folder));
    }

    @Test
    void shouldKeepChangeOverReload() throws Exception {
        LoadedSettings changed = loader.change(loader.load(), "east", json("{\"enabled\": false, \"max_tpm\": 5}"));
        LoadedSettings reloaded = loader.reload(changed);

        InstanceSettings east = Example.instance(reloaded, "east");
        assertThat(east.enabled()).isFalse();
        assertThat(east.maxTpm()).isEqualTo(5);
        assertThat(east.apiKey().value()).isEqualTo("east-secret");
        assertThat(reloaded.origins()).containsEntry("instances[east].max_tpm", "admin request");
        assertThat(overlay).doesNotExist();
    }

    @Test
    void shouldDropChangeOfRemovedInstance() throws Exception {
        LoadedSettings changed = loader.change(loader.load(), "east", json("{\"enabled\": false}"));
        Files.writeString(folder.resolve("routes/instances.yaml"), "instances: []\n");
        SettingsLoader bare = TestSettings.loader(new Environment(Map.of(), folder));

        assertThat(bare.reload(changed).settings().instances()).isEmpty();
    }

    @Test
    void shouldPreserveOtherContentOfOverlay() throws Exception {
        Files.writeString(overlay, """
                # kept by hand
                routing: {strategy: weighted} # for the weekend
                instances:
                - name: east # the old one
                  api_key: ${OTHER_KEY:-other-secret}
                  max_tpm: 7 # agreed
                """);

        LoadedSettings changed = persist(loader.load(), json("{\"max_tpm\": 9, \"supported_models\": [\"gpt-4o\"]}"));

        assertThat(Example.instance(changed, "east").maxTpm()).isEqualTo(9);
        assertThat(loader.reload(changed).origins()).containsEntry("instances[east].max_tpm", "routes/instances-local.yaml:6");
        assertThat(overlay).hasContent("""
                # kept by hand
                routing: {strategy: weighted} # for the weekend
                instances:
                - name: east # the old one
                  api_key: ${OTHER_KEY:-other-secret}
                  max_tpm: 9 # agreed
                  supported_models:
                  - gpt-4o
                """);
    }

    /** Gateways of other users may share the file. */
    @Test
    void shouldKeepTheLinkAndThePermissionsOfTheOverlay() throws Exception {
        Path shared = Files.writeString(Files.createDirectory(folder.resolve("shared")).resolve("overlay.yaml"), "instances: []\n");
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(shared, permissions);
        Files.createSymbolicLink(overlay, shared);

        persist(loader.load(), json("{\"max_tpm\": 5}"));

        assertThat(overlay).isSymbolicLink();
        assertThat(shared).content().contains("max_tpm: 5");
        assertThat(Files.getPosixFilePermissions(shared)).isEqualTo(permissions);
    }

    @Test
    void shouldCreateMissingOverlay() throws Exception {
        persist(loader.load(), json("{\"enabled\": false}"));

        assertThat(overlay).hasContent("instances:\n- name: east\n  enabled: false\n");
        assertThat(Example.instance(loader.load(), "east").enabled()).isFalse();
    }

    @Test
    void shouldKeepOverlayWithOnlyComments() throws Exception {
        Files.writeString(overlay, "# nothing here yet\n");

        persist(loader.load(), json("{\"max_tpm\": 3}"));

        assertThat(overlay).hasContent("# nothing here yet\ninstances:\n- name: east\n  max_tpm: 3\n");
    }

    @Test
    void shouldLeaveTheOverlayAsItWasUntilTheChangeIsWritten() throws Exception {
        Files.writeString(overlay, "# nothing here yet\n");

        try (OverlayEdit edit = loader.persist(loader.load(), "east", json("{\"max_tpm\": 3}"))) {
            assertThat(Example.instance(edit.settings(), "east").maxTpm()).isEqualTo(3);
        }

        assertThat(overlay).hasContent("# nothing here yet\n");
        assertThat(overlay.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void shouldDropEarlierChangeOnceItIsPersisted() throws Exception {
        LoadedSettings changed = loader.change(loader.load(), "east", json("{\"max_tpm\": 5, \"priority\": 2}"));
        LoadedSettings persisted = persist(changed, json("{\"max_tpm\": 9}"));
        Files.writeString(overlay, "instances: [{ name: east, max_tpm: 11 }]\n");

        InstanceSettings east = Example.instance(loader.reload(persisted), "east");
        assertThat(east.maxTpm()).isEqualTo(11);
        assertThat(east.priority()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToPersistKeyOverriddenByVariable() throws Exception {
        LoadedSettings loaded = loader.load();

        assertThatThrownBy(() -> persist(loaded, json("{\"weight\": 5}")))
                .hasMessage("admin request: weight cannot be kept in a file, since the environment variable "
                        + "API_INSTANCE_EAST_WEIGHT overrides it");
        assertThat(overlay).doesNotExist();
    }

    @Test
    void shouldValidateChangeLikeFile() throws Exception {
        LoadedSettings loaded = loader.load();

        assertThatThrownBy(() -> loader.change(loaded, "east", json("{\"max_tpm\": -1, \"enabeld\": true}")))
                .hasMessageContaining("admin request: max_tpm \"-1\" must be a whole number of at least 0")
                .hasMessageContaining("admin request: enabeld is not a known key; did you mean \"enabled\"?");
        assertThatThrownBy(() -> loader.change(loaded, "eats", json("{}")))
                .hasMessage("admin request: \"eats\" is not a configured instance; did you mean \"east\"?");
        assertThatThrownBy(() -> loader.change(loaded, "east", json("{\"name\": \"west\"}")))
                .hasMessage("admin request: name \"west\" cannot be changed");
        assertThatThrownBy(() -> loader.change(loaded, "east", json("{\"api_base\": \"https://x/${EAST_KEY}\"}")))
                .hasMessage("admin request: api_base must not hold a placeholder such as ${NAME}, since placeholders are replaced in files only");
        assertThatThrownBy(() -> loader.change(loaded, "east", json("{\"api_key\": \"${file:key.txt}\"}")))
                .hasMessage("admin request: api_key must not hold a placeholder such as ${NAME}, since placeholders are replaced in files only");
    }

    @Test
    void shouldNotQuoteValuesOfPlaceholdersInLaterProblems() throws Exception {
        Files.writeString(folder.resolve("routes/instances.yaml"), """
                instances: [{ name: east, provider_type: "${TYPE}", api_key: k, api_base: "https://${EAST_KEY}" }]
                """);
        Environment environment = new Environment(Map.of("EAST_KEY", "east-secret", "TYPE", "generic"), folder);
        LoadedSettings loaded = TestSettings.loader(environment).load();
        SettingsTree copy = loaded.tree().copy();

        assertThat(copy.written("instances[east].api_base", "https://east-secret")).isEqualTo("https://${EAST_KEY}");
    }

    @Test
    void shouldRefuseLocalTargets() throws Exception {
        LoadedSettings loaded = loader.load();

        for (String host : new String[] {"localhost:6379", "127.0.0.1", "[::1]:80", "169.254.169.254", "0.0.0.0", "unknown-name.invalid"}) {
            assertThatThrownBy(() -> loader.change(loaded, "east", json("{\"api_base\": \"http://" + host + "\"}")))
                    .hasMessageContaining("must not be a loopback or link-local address");
        }
    }

    @Test
    void shouldAcceptLocalTargetsIfTheSettingsAllowThem() throws Exception {
        // given
        Files.writeString(overlay, "admin: { allow_local_targets: true }\n");
        // when
        LoadedSettings changed = loader.change(loader.load(), "east", json("{\"api_base\": \"http://127.0.0.1:11434\"}"));
        // then
        assertThat(Example.instance(changed, "east").apiBase()).hasToString("http://127.0.0.1:11434");
    }

    @Test
    void shouldDescribeChangesWithSecretsMasked() throws Exception {
        LoadedSettings before = loader.load();
        LoadedSettings after = loader.change(before, "east", json("{\"max_tpm\": 5, \"api_key\": \"new-secret\"}"));

        assertThat(SettingsChange.between(before.settings(), after.settings())).containsExactly(
                new SettingsChange("instances[east].api_key", Optional.of("****"), Optional.of("****")),
                new SettingsChange("instances[east].max_tpm", Optional.of("1000"), Optional.of("5")));
    }

    @Test
    void shouldDescribeAddedAndRemovedInstances() throws Exception {
        Environment empty = new Environment(Map.of(), folder);
        Settings before = TestSettings.parse("instances: [{ name: a, api_key: k, api_base: 'https://a' }]", empty);
        Settings after = TestSettings.parse("instances: [{ name: b, api_key: k, api_base: 'https://a' }]", empty);

        assertThat(SettingsChange.between(before, after)).containsExactly(
                new SettingsChange("instances[a]", Optional.of("a"), Optional.empty()),
                new SettingsChange("instances[b]", Optional.empty(), Optional.of("b")));
    }

    /** The changed settings, after the overlay file was written. */
    private LoadedSettings persist(LoadedSettings before, ObjectNode values) throws InvalidSettingsException {
        try (OverlayEdit edit = loader.persist(before, "east", values)) {
            edit.write();
            return edit.settings();
        }
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
