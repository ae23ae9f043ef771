package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest {

    @ParameterizedTest
    @CsvSource({
        "https://East.openai.azure.com, at east.openai.azure.com., at ****.",
        "https://East.openai.azure.com, at EAST.OpenAI.azure.com:443/x, at ****/x",
        "https://east.openai.azure.com:8443, at east.openai.azure.com and east.openai.azure.com:8443, at **** and ****",
        "http://10.1.2.3:8080, at 10.1.2.3:9090, at ****",
        "http://[fd00::7]:8080, at [FD00::7], at ****",
        "http://ollama:11434, ollama cannot load it at ollama:11434, ollama cannot load it at ****"
    })
    void shouldMaskTheHostHoweverItIsWritten(String base, String text, String shown) throws InvalidSettingsException {
        // given
        InstanceSettings instance = TestSettings.parse("instances: [{ name: a, provider_type: generic, api_base: '" + base + "' }]",
                new Environment(Map.of(), Path.of("/nonexistent"))).instances().get(0);
        // then
        assertThat(Redaction.of(text, instance, 1000)).isEqualTo(shown);
        assertThat(Redaction.of(text.getBytes(StandardCharsets.UTF_8), instance)).asString(StandardCharsets.UTF_8).isEqualTo(shown);
    }
}
