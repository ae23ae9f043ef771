package dev.openaigateway.provider;

import com.example.AcmeProvider;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a provider requires holds for its instances, although the settings are read before the beans of route files exist. */
@GatewayTest
class ProviderTraitsTest {

    private static final String ACME_BEAN = """
            - beans:
                - name: acme
                  type: com.example.AcmeProvider
            """;
    private static final ScriptedUpstream ACME = ScriptedUpstream.start();
    private static final String SETTINGS = """
            instances:
              - name: theirs
                provider_type: acme
                api_key: acme-key
                api_base: "%s/openai/v1"
            """.formatted(ACME.uri());
    private static final String WITHOUT_KEY = SETTINGS.replace("    api_key: acme-key\n", "");
    private static final String PROBLEM = "instances[0].api_key must have a value for an instance of type acme, or identity must be set";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = inRouteFile().settings(SETTINGS).variable("MODEL_MAP_PARROT", "polly").start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ACME.close();
    }

    @Test
    void shouldMapModelsToDeployments() {
        ACME.enqueue(Reply.json(200, "{\"says\":\"Hi\"}"));
        int before = ACME.requests().size();

        assertThat(gateway.chat("parrot").body()).contains("\"content\":\"Hi\"");

        assertThat(ACME.requests().get(before).target()).isEqualTo("/openai/v1/talk/polly");
    }

    @Test
    void shouldServeOnlyNamesOfDeployments() {
        assertThat(gateway.chat("a/parrot").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseToStartWithoutARequiredKey() {
        assertThatThrownBy(inRouteFile().settings(WITHOUT_KEY)::start).hasStackTraceContaining("settings.yaml:2: " + PROBLEM);
        assertThatThrownBy(TestGateway.builder().bean("acme", new AcmeProvider()).settings(WITHOUT_KEY)::start)
                .hasStackTraceContaining("settings.yaml:2: " + PROBLEM);
    }

    @Test
    void shouldRefuseAReloadWithoutARequiredKey() throws IOException {
        Files.writeString(gateway.settingsFile(), WITHOUT_KEY);
        try {
            assertThat(gateway.post("/config/reload", "").body()).contains("settings.yaml:2").contains("must have a value for an instance of type acme");
        } finally {
            Files.writeString(gateway.settingsFile(), SETTINGS);
        }
    }

    @Test
    void shouldShowNoTraitsAmongTheChangesOfAReload() throws IOException {
        Files.writeString(gateway.settingsFile(), SETTINGS.replace("acme\n", "generic\n"));
        try {
            assertThat(gateway.post("/config/reload", "").body()).contains("instances[theirs].provider_type").doesNotContain("traits");
        } finally {
            Files.writeString(gateway.settingsFile(), SETTINGS);
            gateway.post("/config/reload", "");
        }
    }

    private static TestGateway.Builder inRouteFile() {
        return TestGateway.builder().folder(GatewayFolder.copy().write("routes/providers.camel.yaml", ACME_BEAN).path());
    }
}
