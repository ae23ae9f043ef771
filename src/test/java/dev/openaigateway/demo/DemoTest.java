package dev.openaigateway.demo;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@GatewayTest
class DemoTest {

    private static final String DEMO = "/demo/generic/v1/chat/completions";

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, chat.completion.chunk", "/v1/completions, text_completion"})
    void shouldStreamChatAndCompletions(String path, String object) {
        try (TestGateway gateway = TestGateway.start("instances: []")) {
            // when
            HttpResponse<String> response = gateway.post(path,
                    "{\"model\":\"gpt-4o\",\"stream\":true,\"prompt\":\"Hi\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            // then
            assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
            assertThat(response.body()).contains("\"object\":\"" + object + "\"", "\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void shouldEndWithTheFirstInstanceForAsLongAsTheGatewayRuns() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = TestGateway.start("instances: []")) {
            // given
            assertThat(gateway.post(DEMO, TestGateway.chatBody("m")).statusCode()).isEqualTo(200);
            Files.writeString(gateway.settingsFile(), own("mine", upstream));
            // when
            HttpResponse<String> configured = gateway.post("/config/reload", "");
            Files.writeString(gateway.settingsFile(), "");
            HttpResponse<String> emptied = gateway.post("/config/reload", "");
            // then
            assertThat(configured.statusCode()).as(configured.body()).isEqualTo(200);
            assertThat(gateway.post(DEMO, TestGateway.chatBody("m")).statusCode()).isEqualTo(404);
            assertThat(emptied.statusCode()).isEqualTo(400);
            assertThat(emptied.body()).contains("must not become empty");
            assertThat(gateway.chat("m").headers().firstValue("x-gateway-instance")).hasValue("mine");
        }
    }

    @Test
    void shouldNotBeActivatedByAnInstanceName() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = TestGateway.start(own("demo-mine", upstream))) {
            assertThat(gateway.post(DEMO, TestGateway.chatBody("m")).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "::", "gateway.example"})
    void shouldNotAnswerOtherMachinesUnlessAsked(String host) throws Exception {
        Environment nothing = new Environment(Map.of(), Path.of("/nonexistent"));
        var settings = TestSettings.parse("host: '" + host + "'", nothing);

        assertThatThrownBy(() -> Demo.unlessConfigured(settings, nothing)).hasMessageContaining("instances must name at least one instance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.2", "::1"})
    void shouldAnswerThisMachine(String host) throws Exception {
        Environment nothing = new Environment(Map.of(), Path.of("/nonexistent"));

        assertThat(Demo.unlessConfigured(TestSettings.parse("host: '" + host + "'", nothing), nothing).instances()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, http://10.1.2.3:3010/demo/azure", "0.0.0.0, http://127.0.0.1:3010/demo/azure", "'fd00::7', http://[fd00::7]:3010/demo/azure"})
    void shouldCallItselfAtTheAddressItListensOn(String host, String address) throws Exception {
        // given
        Environment nothing = new Environment(Map.of("DEMO", "true"), Path.of("/nonexistent"));
        // when
        var settings = Demo.unlessConfigured(TestSettings.parse("host: '" + host + "'", nothing), nothing);
        // then
        assertThat(settings.instances().get(0).apiBase()).hasToString(address);
    }

    private static String own(String name, ScriptedUpstream upstream) {
        return "instances: [{ name: " + name + ", provider_type: generic, api_base: '" + upstream.uri() + "' }]";
    }
}
