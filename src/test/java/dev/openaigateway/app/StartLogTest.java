package dev.openaigateway.app;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.spi.CamelMetricsService;
import org.apache.camel.spi.CliConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class StartLogTest {

    @TempDir
    private Path folder;

    @Test
    void shouldLogTheFormatsAndFilesOfTheSettingsFirst() throws IOException {
        // given
        Path provider = Files.writeString(folder.resolve("p.json"), """
                { "p": { "api_key_variable": "KEY", "target_base_url": "https://p.example", "models": { "m": { "endpoints": [
                  { "path": "v1/chat/completions", "target_model_name": "t" } ] } } } }""");
        Path azure = Files.writeString(folder.resolve("azure.config"), """
                { "instances": [ { "endpoint": "https://eastus.openai.azure.com", "api_key": "k" } ] }""");
        TestGateway.Builder builder = TestGateway.builder().variable("KEY", "k")
                .variable("FOAP_CONFIG_DIR", folder.toString()).variable("AZURE_PROXY_CONFIG", azure.toString());
        // when
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = builder.start()) {
            // then
            assertThat(log.linesWith("dev.openaigateway: ").get(0)).isEqualTo("dev.openaigateway: Settings from YAML " + gateway.settingsFile()
                    + ", provider file " + provider + ", JSON instances " + azure + ", environment variables");
        }
    }

    @Test
    void shouldWriteAnAddressOfIPv6AsInAUrl() {
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.builder().variable("HOST", "::").variable("DEMO", "true").start()) {
            assertThat(log.linesWith(" serves ").get(0)).endsWith(" at http://[::]:" + gateway.port());
        }
    }

    @Test
    void shouldStartNothingForToolsByDefault() {
        try (TestGateway gateway = TestGateway.builder().start()) {
            CamelContext context = gateway.main().getCamelContext();

            assertThat(context.hasService(CliConnector.class)).isNull();
            assertThat(context.hasService(ManagementHttpServer.class)).isNull();
            assertThat(context.hasService(CamelMetricsService.class)).isNull();
            assertThat(context.isDevConsole()).isFalse();
            assertThat(context.getManagementStrategy().getManagementAgent()).as("JMX").isNull();
        }
    }

    @Test
    void shouldWarnOfAGatewayThatOtherMachinesReachWithoutAKey() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            TestGateway gateway = TestGateway.builder().settings("host: 0.0.0.0").variable("DEMO", "true").start();
            try {
                assertThat(log.linesWith("may use it without a key")).hasSize(1);
                assertThat(log.linesWith("responses are made up")).hasSize(1);
                assertThat(gateway.get("/health/ready").body()).startsWith("{\"status\":\"ok\"").contains("no_client_keys", "demo_served");
                assertThat(gateway.get("/admin/warnings").body()).contains("no_client_keys", "demo_served", "0.0.0.0");

                reload(gateway, "clients: { keys: [one] }");
                assertThat(gateway.get("/health/ready").body()).as("it listens on the same address").contains("demo_served").doesNotContain("no_client_keys");
                reload(gateway, "host: 0.0.0.0");
                assertThat(gateway.get("/health/ready").body()).contains("no_client_keys", "demo_served");
                assertThat(log.linesWith("may use it without a key")).as("once at the start, once when the key is gone").hasSize(2);
                assertThat(log.linesWith("responses are made up")).hasSize(1);
            } finally {
                gateway.close();
            }
            assertThat(log.linesWith("Camel OpenAI Gateway serves ")).hasSize(1);
            assertThat(log.linesWith("Camel OpenAI Gateway stops; requests in flight: 0, which get up to 30.0 s to end")).hasSize(1);
        }
    }

    private static void reload(TestGateway gateway, String settings) throws IOException {
        Files.writeString(gateway.settingsFile(), settings);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotWarnWithKeysOrOnThisMachine() {
        try (CapturedLog log = new CapturedLog();
             TestGateway local = TestGateway.start("instances: []");
             TestGateway keyed = TestGateway.builder().variable("HOST", "0.0.0.0").variable("CLIENT_KEYS", "key-one, key-two")
                     .settings("clients: { keys: [key-of-file] }\ninstances: [ { name: a, provider_type: generic, api_base: 'http://localhost:1' } ]").start()) {
            assertThat(local.get("/health/ready").body()).isEqualTo("{\"status\": \"ok\"}");
            assertThat(keyed.get("/health/ready").body()).isEqualTo("{\"status\": \"ok\"}");
            assertThat(keyed.get("/v1/models", "api-key", "key-two").statusCode()).isEqualTo(200);
            assertThat(keyed.get("/v1/models", "api-key", "key-of-file").statusCode()).isEqualTo(200);
            assertThat(keyed.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(log.linesWith("may use it without a key")).isEmpty();
        }
    }
}
