package dev.openaigateway.reload;

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

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets in files of their own, to which the settings refer. */
@GatewayTest
class SecretFilesTest {

    @TempDir
    private Path secrets;

    @Test
    void shouldReadSecretsFromFilesAndAgainWhenTheyChange() throws IOException {
        Path upstreamKey = Files.writeString(secrets.resolve("upstream-key"), "first-key\n");
        Path clientKey = Files.writeString(secrets.resolve("client-key"), "client-one\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.start("""
                     clients: { max_bad_keys: 0, keys: [ { name: app, key: "${file:%s}" } ] }
                     instances: [ { name: east, provider_type: generic, api_base: "%s", api_key: "${file:%s}", priority: "${file:/nonexistent:-7}" } ]
                     """.formatted(clientKey, upstream.uri(), upstreamKey))) {
            assertThat(gateway.chat("m", "api-key", "client-one").statusCode()).isEqualTo(200);
            assertThat(upstream.requests().get(0).header("authorization")).isEqualTo("Bearer first-key");

            Files.writeString(upstreamKey, "the-second-key\n");
            Files.writeString(clientKey, "client-number-two\n");

            Eventually.holds("the new key of the client is known", () -> gateway.chat("m", "api-key", "client-number-two").statusCode() == 200);
            Eventually.holds("the new key is sent upstream", () -> {
                gateway.chat("m", "api-key", "client-number-two");
                return "Bearer the-second-key".equals(upstream.requests().get(upstream.requests().size() - 1).header("authorization"));
            });
            assertThat(gateway.get("/config").body()).contains("\"priority\":7").doesNotContain("the-second-key", "client-number-two");

            HttpResponse<String> wrong = gateway.post("/config/validate", "name: '${file:" + secrets + "/missing}'", "Content-Type", "text/yaml");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("${file:" + secrets + "/missing}", "names a file that neither the active settings nor the files on disk name");
        }
    }
}
