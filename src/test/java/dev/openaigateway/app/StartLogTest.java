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
}
