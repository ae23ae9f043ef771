package dev.openaigateway.reload;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** An administrator changes an instance while edited files on disk are not loaded yet. The files are not watched. */
@GatewayTest
class ChangeBesideEditsTest {

    private static final String WEST = "/admin/instances/west/config";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(OneRoute.to("instance:east"));
    private final TestGateway gateway = TestGateway.builder().folder(folder.path()).settings(settings("east")).start();
    private final Path overlay = gateway.settingsFile().resolveSibling("settings-local.yaml");

    private String settings(String first) {
        return """
                admin: { watch_files: false }
                instances:
                  - { name: %s, provider_type: generic, api_base: "%s" }
                  - { name: west, provider_type: generic, api_base: "%s" }
                """.formatted(first, upstream.uri(), upstream.uri());
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldIgnoreHalfEditedRules() throws IOException {
        // given
        folder.rules("- route: [");
        // when
        HttpResponse<String> changed = gateway.put(WEST, "{\"weight\": 7}");
        HttpResponse<String> persisted = gateway.put(WEST + "?persist=true", "{\"weight\": 8}");
        // then
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(persisted.statusCode()).as(persisted.body()).isEqualTo(200);
        assertThat(persisted.body()).contains("\"before\":\"7\",\"after\":\"8\"");
        assertThat(Files.readString(overlay)).contains("weight: 8");
    }

    @Test
    void shouldNotLoadEditedFilesBeforeAReload() throws IOException {
        // given
        folder.rules(OneRoute.to("instance:west"));
        Files.writeString(gateway.settingsFile(), settings("north"));
        // when
        gateway.put(WEST, "{\"weight\": 7}");
        HttpResponse<String> persisted = gateway.put(WEST + "?persist=true", "{\"weight\": 8}");
        // then
        assertThat(persisted.statusCode()).as(persisted.body()).isEqualTo(200);
        assertThat(responded()).isEqualTo("east");
        assertThat(gateway.post("/config/reload", "").body()).contains("instances[north]", "new rules");
        assertThat(responded()).isEqualTo("west");
    }

    @Test
    void shouldWriteNoOverlayWhenTheSettingsCannotBeRead() throws IOException {
        // given
        Files.writeString(gateway.settingsFile(), "instances: [ {");
        // when
        HttpResponse<String> persisted = gateway.put(WEST + "?persist=true", "{\"weight\": 8}");
        // then
        assertThat(persisted.statusCode()).isEqualTo(400);
        assertThat(overlay).doesNotExist();
        assertThat(gateway.get("/v1/instances/status").body()).contains("\"weight\":100").doesNotContain("\"weight\":8");
    }

    private String responded() {
        return gateway.chat("gpt-4o").headers().firstValue("x-gateway-instance").orElse("none");
    }
}
