package dev.openaigateway.deploy;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import static org.assertj.core.api.Assertions.assertThat;

/** A folder as Kubernetes mounts a ConfigMap: each file is a link, over the link {@code ..data}, which an update replaces. */
@GatewayTest
class MountedFolderTest {

    @TempDir
    Path folder;

    @Test
    void shouldTakeUpAnUpdateOfTheConfigMap() throws IOException {
        try (ScriptedUpstream east = ScriptedUpstream.start()) {
            Path routes = Files.createDirectory(folder.resolve("routes"));
            publish(routes, "..first", settings(east, "gpt-4o"), rules(200));
            Files.createSymbolicLink(routes.resolve("instances.yaml"), Path.of("..data/instances.yaml"));
            Files.createSymbolicLink(routes.resolve("routing.camel.yaml"), Path.of("..data/routing.camel.yaml"));
            try (TestGateway gateway = TestGateway.builder().folder(folder)
                    .variable("GATEWAY_CONFIG", routes.resolve("instances.yaml").toString()).start()) {
                assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

                publish(routes, "..second", settings(east, "o3"), rules(403));

                Eventually.holds("the settings are active", () -> gateway.get("/v1/models").body().contains("\"o3\""));
                Eventually.holds("the rules are active", () -> gateway.chat("o3").statusCode() == 403);
            }
        }
    }

    @Test
    void shouldShareKeysThroughAnOverlayOutsideTheFolder() throws IOException {
        try (ScriptedUpstream east = ScriptedUpstream.start()) {
            String settings = "clients: { keys: [ { name: search, key: first } ] }\nadmin: { token: root }\n" + settings(east, "gpt-4o");
            Path overlay = folder.resolve("volume/instances.yaml");
            try (TestGateway one = sharing(settings, overlay); TestGateway other = sharing(settings, overlay)) {
                HttpResponse<String> made = one.post("/admin/clients/search/keys", "", "X-Admin-Token", "root");

                assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
                String key = made.body().replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
                assertThat(Files.readString(overlay)).contains("issued:");
                assertThat(Files.exists(one.settingsFile().resolveSibling("settings-local.yaml"))).isFalse();
                Eventually.holds("the other gateway knows the key", () -> other.get("/admin/clients", "X-Admin-Token", "root").body().contains("issued"));
                assertThat(other.chat("gpt-4o", "api-key", key).statusCode()).isEqualTo(200);
            }
        }
    }

    private static TestGateway sharing(String settings, Path overlay) {
        return TestGateway.builder().settings(settings).variable("GATEWAY_OVERLAY", overlay.toString()).start();
    }

    private static String settings(ScriptedUpstream upstream, String model) {
        return "instances: [ { name: east, provider_type: generic, api_key: k, api_base: \"%s\", supported_models: [%s] } ]".formatted(upstream.uri(), model);
    }

    private static String rules(int status) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - to: { uri: "%s" }
                """.formatted(status == 200 ? "instance:*" : "reject:" + status);
    }

    private static void publish(Path routes, String version, String settings, String rules) throws IOException {
        Path data = Files.createDirectory(routes.resolve(version));
        Files.writeString(data.resolve("instances.yaml"), settings);
        Files.writeString(data.resolve("routing.camel.yaml"), rules);
        Path link = Files.createSymbolicLink(routes.resolve("..new"), Path.of(version));
        Files.move(link, routes.resolve("..data"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
