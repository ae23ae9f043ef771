package dev.openaigateway.upstream.redaction;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        "http://ollama:11434, ollama cannot load it at ollama:11434, ollama cannot load it at ****",
        "http://ollama:11434, at http://Ollama:11434/v1 and http://ollama and ollama:114345, at http://****/v1 and http://**** and ollama:114345",
        "http://api/v1, an api_error of the API in rapid_api_mode, an api_error of the API in rapid_api_mode",
        "http://api/v1, at HTTP://Api/v1 or http:\\/\\/api\\/v1 or http://api., at HTTP://****/v1 or http:\\/\\/****\\/v1 or http://****.",
        "http://api/v1, at http://api:8080 or http://api.example or http://api-2 or myapi:80, at http://**** or http://api.example or http://api-2 or myapi:80",
        "http://api/v1, at api:80 or \\napi:80 or api:81 or api:8080 or host=api, at **** or \\n**** or api:81 or api:8080 or host=****",
        "https://api/v1, at api:443 and (host='api' port=443), at **** and (host='****' port=443)",
        "https://news.example, at \\news.example or \\\\news.example or \\nnews.example, at **** or **** or \\n****",
        "http://ollama:11434, at ?u=http%3A%2F%2Follama%3A11434%2Fv1 or http%3a%2f%2fOllama&x, at ?u=http%3A%2F%2F****%2Fv1 or http%3a%2f%2f****&x",
        "https://one.example:8443, at ?u=https%3A%2F%2Fone.example%3A8443%2Fv1, at ?u=https%3A%2F%2F****%2Fv1",
        "https://a.example, at \\u000a.example or \\u003ea.example, at **** or \\u003e****"
    })
    void shouldMaskTheHostHoweverItIsWritten(String base, String text, String shown) throws InvalidSettingsException {
        // given
        Settings settings = settings("instances: [{ name: a, provider_type: generic, api_base: '" + base + "' }]");
        InstanceSettings instance = settings.instances().get(0);
        // then
        assertThat(new Redaction(settings).of(text, instance, 1000)).isEqualTo(shown);
        assertThat(new Redaction(settings).of(text.getBytes(StandardCharsets.UTF_8), instance)).asString(StandardCharsets.UTF_8).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "is ab\"c\\d=e/fg., is ****.",
        "is ab\\\"c\\\\d=e\\/fg., is ****.",
        "is \\u0061b\\u0022c\\u005cd\\u003De\\u002ffg., is ****.",
        "is ab\\\\\\\"c\\\\\\\\d\\\\u003De\\\\/fg., is ****.",
        "is \\nab\"c\\d=e/fg., is \\n****.",
        "is \\ab\"c\\d=e/fg., is ****.",
        "twice ab\"c\\d=e/fgab\"c\\d=e/fg, twice ********",
        "longer ab\"c\\d=e/fghij and ab\\\"c\\\\d=e\\/fghij, longer **** and ****",
        "short none and none, short none and none",
        "other ab\"c\\d=e/f and \\u00, other ab\"c\\d=e/f and \\u00",
        "Basic of/header=name, ****",
        "only of\\/header=name, only ****",
        "?key=ab%22c%5Cd%3De%2Ffg&x, ?key=****&x",
        "?key=ab%22c%5cd%3de/fg&x, ?key=****&x",
        "?key=ab%2522c%255Cd%253De%252Ffg&x, ?key=****&x",
        "?key=\\u0061b\\u002522c%5Cd%3De%2Ffg&x, ?key=****&x",
        "?key=%61%62%22c%5Cd%3De%2Ffghij%, ?key=****%",
        "?key=Basic%20of%2Fheader%3Dname, ?key=****",
        "?key=ab%22c%5Cd%3De%2, ?key=ab%22c%5Cd%3De%2",
        "?key=100%ab%25cd%252, ?key=****2"
    })
    void shouldMaskTheKeysOfAllInstancesHoweverTheyAreEscaped(String text, String shown) throws InvalidSettingsException {
        // given
        Settings settings = settings("""
                instances:
                  - { name: a, provider_type: generic, api_base: 'https://one.example', api_key: none }
                  - { name: b, provider_type: generic, api_base: 'https://two.example', api_key: 'ab"c\\d=e/fg' }
                  - { name: c, provider_type: generic, api_base: 'https://three.example', api_key: 'ab"c\\d=e/fghij', enabled: false }
                  - { name: d, provider_type: generic, api_base: 'https://four.example', headers: { X-Auth: 'Basic of/header=name' } }
                  - { name: e, provider_type: generic, api_base: 'https://five.example', api_key: '100%ab%25cd%25' }
                """);
        InstanceSettings instance = settings.instances().get(0);
        Redaction redaction = new Redaction(settings);
        // then
        assertThat(redaction.of(text, instance, 1000)).isEqualTo(shown);
        assertThat(redaction.of(text.getBytes(StandardCharsets.UTF_8), instance)).asString(StandardCharsets.UTF_8).isEqualTo(shown);
        assertThat(redaction.ofHeader(text, instance)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"3, abc...", "4, abc...", "5, abc...", "6, abc\u20ac...", "9, abc\u20ac...", "10, abc\u20ac\ud83d\ude00...", "11, abc\u20ac\ud83d\ude00d"})
    void shouldCutTextBetweenCharacters(int maxBytes, String shown) throws InvalidSettingsException {
        // given
        Settings settings = settings("instances: [{ name: a, provider_type: generic, api_base: 'http://api/v1' }]");
        // then
        assertThat(new Redaction(settings).of("abc\u20ac\ud83d\ude00d", settings.instances().get(0), maxBytes)).isEqualTo(shown);
    }

    /** The request began before a reload that has replaced the key. */
    @Test
    void shouldMaskTheKeyOfTheRequestAfterAReload() throws InvalidSettingsException {
        String instance = "instances: [{ name: a, provider_type: generic, api_base: 'https://one.example', api_key: %s }]";
        InstanceSettings before = settings(instance.formatted("key-before")).instances().get(0);

        Redaction after = new Redaction(settings(instance.formatted("key-after")));

        assertThat(after.of("key-before, key-after", before, 1000)).isEqualTo("****, ****");
        assertThat(after.ofHeader("key-before, key-after", before)).isEqualTo("****, ****");
    }

    /** Such a text takes minutes if each beginning is followed to the end. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldMaskTokensOfAnIdentityInATimeThatGrowsWithTheText() throws InvalidSettingsException {
        Settings settings = settings("instances: [{ name: a, api_base: 'https://a.example', identity: managed }]");
        String many = "eyJ".repeat(200_000);
        byte[] text = (many + " and eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhIn0.c2ln.").getBytes(StandardCharsets.UTF_8);

        byte[] shown = new Redaction(settings).withoutKeys(text, settings.instances().get(0));

        assertThat(new String(shown, StandardCharsets.UTF_8)).isEqualTo(many + " and ****.");
    }

    private static Settings settings(String yaml) throws InvalidSettingsException {
        return TestSettings.parse(yaml, new Environment(Map.of(), Path.of("/nonexistent")));
    }
}
