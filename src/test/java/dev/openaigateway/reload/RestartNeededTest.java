package dev.openaigateway.reload;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

/** Changed settings that a reload accepts, but that only a start reads. */
@GatewayTest
class RestartNeededTest {

    private static final String INSTANCES = "instances: [ { name: east, provider_type: generic, api_base: \"http://127.0.0.1:1\" } ]\n";

    @Test
    void shouldTellWhatNeedsARestart() throws Exception {
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.start(INSTANCES)) {
            reload(gateway, "name: Edge\nhost: 127.0.0.2\ntraces: { endpoint: \"http://127.0.0.1:1\" }\n");

            assertThat(log.linesWith("Active settings")).singleElement().asString()
                    .endsWith("; changed: name, host, traces.endpoint. Until a restart the previous values count for host, traces.endpoint");
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);

            reload(gateway, "name: Edge\nhost: 127.0.0.2\ntraces: { endpoint: \"http://127.0.0.1:1\" }\nrouting: { retries: 1 }\n");
            assertThat(log.linesWith("Active settings").get(1)).endsWith("; changed: routing.retries");

            reload(gateway, "base_url: \"http://gateway.example\"\nhost: 127.0.0.2\n");
            assertThat(log.linesWith("Active settings").get(2)).contains("base_url").endsWith("the previous values count for traces.endpoint");
        }
    }

    private static void reload(TestGateway gateway, String settings) throws IOException {
        Files.writeString(gateway.settingsFile(), settings + INSTANCES);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }
}
