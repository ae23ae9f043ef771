package dev.openaigateway.admin;

import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes are written to an overlay file whose elements share content by anchors, aliases and merge keys. */
class OverlayAnchorsTest extends OperatedGateway {

    private static final String EAST = "/admin/instances/east/config?persist=true";

    private Path overlay;

    private void overlay(String text) throws IOException {
        overlay = gateway.settingsFile().resolveSibling("settings-local.yaml");
        Files.writeString(overlay, text);
        json(gateway.post("/config/reload", ""), 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - &limits { name: east, max_tpm: 5000 } | - { <<: *limits, name: west }
            - &limits { max_tpm: 5000, name: east } | - { name: west, <<: [ *limits ], max_rpm: 7 }
            - { name: west, max_tpm: 5000 }         | - &limits { name: east, max_tpm: 5000 }
            """)
    void shouldChangeOnlyTheInstanceThatIsNamed(String first, String second) throws IOException {
        overlay("instances:\n" + first + "\n" + second + "\n");

        json(gateway.put(EAST, "{\"enabled\": false, \"max_tpm\": 9000}"), 200);
        json(gateway.post("/config/reload", ""), 200);

        assertThat(document("/admin/instances").findValuesAsText("enabled")).containsExactly("false", "true");
        assertThat(limit("west")).as(Files.readString(overlay)).isEqualTo(5000);
        assertThat(limit("east")).isEqualTo(9000);
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("west");
    }

    @Test
    void shouldChangeOnlyOneOfTwoMapsThatAnAliasShares() throws IOException {
        overlay("instances:\n- { name: east, headers: &common { x-a: one } }\n# of the west\n- name: west\n  headers: *common\n");

        json(gateway.put(EAST, "{\"headers\": {\"x-b\": \"two\"}}"), 200);
        json(gateway.post("/config/reload", ""), 200);

        gateway.chat("gpt-4o");
        assertThat(last(east).header("x-a")).isEqualTo("one");
        assertThat(last(east).header("x-b")).isEqualTo("two");
        json(gateway.put("/admin/instances/east/config", "{\"enabled\": false}"), 200);
        gateway.chat("gpt-4o");
        assertThat(last(west).header("x-a")).isEqualTo("one");
        assertThat(last(west).header("x-b")).isNull();
        assertThat(overlay).content().contains("# of the west");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - &named { name: west, max_tpm: 5000 } | - { <<: { name: east }, max_rpm: 7 }
            - &common { name: west, headers: { x-a: one } } | - { <<: *common, name: east }
            - { name: east, headers: { x-a: one } }         | '# of the west
            - { name: west }'
            """)
    void shouldRefuseAChangeThatWouldReadOtherwise(String first, String second) throws IOException {
        String before = "instances:\n" + first + "\n" + second + "\n";
        overlay(before);

        String refused = json(gateway.put(EAST, "{\"headers\": {\"x-b\": \"two\"}}"), 400).toString();

        assertThat(refused).contains("settings-local.yaml", "has anchors, merge keys or comments that do not allow this change alone; edit the file");
        assertThat(overlay).content().isEqualTo(before);
        assertThat(overlay.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    private static RecordedRequest last(ScriptedUpstream upstream) {
        return upstream.requests().get(upstream.requests().size() - 1);
    }

    private long limit(String instance) {
        return gateway.liveSettings().get().instance(instance).orElseThrow().maxTpm();
    }
}
