package dev.openaigateway.reload;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways share an overlay file, and one of them refuses a change of the admin API at its last step. */
@GatewayTest
class RefusedChangeTest {

    private static final String EAST = "/admin/instances/east/config";
    private static final String KEYS = "/admin/clients/search/keys";

    @TempDir
    private Path folder;
    private Path overlay;
    private TestGateway refusing;
    private TestGateway other;

    @BeforeEach
    void startGateways() {
        overlay = folder.resolve("overlay.yaml");
        refusing = gateway();
        other = gateway();
    }

    private TestGateway gateway() {
        return TestGateway.builder().variable("GATEWAY_OVERLAY", overlay.toString()).settings("""
                admin: { watch_files: false }
                clients: { keys: [ { name: search, key: key-of-search } ] }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:9" } ]
                """).start();
    }

    @AfterEach
    void stopGateways() {
        refusing.close();
        other.close();
    }

    /** Does this at each change of the settings, before they become active. */
    private void atEachChange(Consumer<Settings> action) {
        Settings active = refusing.liveSettings().get();
        refusing.liveSettings().onChange(next -> {
            if (!next.equals(active)) {
                action.accept(next);
            }
        });
    }

    private static int weight(TestGateway gateway) {
        return gateway.liveSettings().get().instance("east").map(InstanceSettings::weight).orElseThrow();
    }

    private static HttpResponse<String> persist(TestGateway gateway, int weight) {
        return gateway.put(EAST + "?persist=true", "{\"weight\": " + weight + "}");
    }

    @Test
    void shouldNotKeepInTheFileWhatWasRefused() {
        atEachChange(next -> {
            throw new IllegalStateException("cannot change");
        });

        assertThat(persist(refusing, 7).statusCode()).isEqualTo(500);
        assertThat(refusing.post(KEYS, "").statusCode()).isEqualTo(500);

        assertThat(overlay).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
        assertThat(other.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(weight(other)).isEqualTo(weight(refusing)).isEqualTo(100);
        assertThat(other.get("/admin/clients").body()).doesNotContain("issued");

        HttpResponse<String> changed = persist(other, 9);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(other.post(KEYS, "").statusCode()).isEqualTo(201);
        assertThat(overlay).content().contains("weight: 9", "issued:");
    }

    @Test
    void shouldNotActivateWhatCannotBeWritten() throws IOException {
        Path inTheWay = overlay.resolve("file");
        atEachChange(next -> putInTheWay(inTheWay));

        HttpResponse<String> refused = persist(refusing, 7);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("overlay.yaml", "cannot be written");
        assertThat(refusing.post(KEYS, "").statusCode()).isEqualTo(400);

        assertThat(weight(refusing)).isEqualTo(100);
        assertThat(refusing.get("/admin/clients").body()).doesNotContain("issued");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
        Files.delete(inTheWay);
        Files.delete(overlay);
        assertThat(persist(other, 9).statusCode()).isEqualTo(200);
    }

    private static void putInTheWay(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
