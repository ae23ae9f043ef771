package dev.openaigateway.server;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's upload setting does not reach Vert.x, which would write every form to disk. */
@GatewayTest
class FormsOnDiskTest {

    @Test
    void shouldLeaveNothingOfAFormOnDiskWhereverItIsSent() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = TestGateway.start(
                "instances: [{ name: one, provider_type: generic, api_base: '" + upstream.uri() + "' }]")) {
            // when
            assertThat(form(gateway, "/v1/audio/transcriptions")).isEqualTo(200);
            assertThat(form(gateway, "/v1/chat/completions")).isEqualTo(415);
            assertThat(form(gateway, "/config/validate")).isEqualTo(415);
            // then
            assertThat(Path.of("file-uploads")).doesNotExist();
            assertThat(Path.of(System.getProperty("java.io.tmpdir"), "file-uploads")).doesNotExist();
        }
    }

    private static int form(TestGateway gateway, String path) {
        String form = "--q7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n" + "x".repeat(100_000)
                + "\r\n--q7\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--q7--\r\n";
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.request("POST", path, form.getBytes(StandardCharsets.UTF_8),
                    "Content-Type: multipart/form-data; boundary=q7").response();
            return response.status();
        }
    }
}
