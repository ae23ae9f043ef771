package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A token or key may begin with a character that means something else to YAML. It must be neither lost nor shown. Aliases may be many. */
class LostYamlValuesTest {

    private static final Environment ENVIRONMENT = new Environment(Map.of(), Path.of("/nonexistent"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            !hunter2             | a value that begins with ! is a tag to YAML, and is not read; put the value in quotes
            !!hunter2            | a value that begins with ! is a tag to YAML, and is not read; put the value in quotes
            !hunter2!abc         | a value that begins with ! is a tag to YAML, and is not read; put the value in quotes
            !<hunter2> abc       | a value that begins with ! is a tag to YAML, and is not read; put the value in quotes
            !hunter2%            | a value that begins with ! is a tag to YAML, and is not read; put the value in quotes
            &hunter2             | a value that begins with & is an anchor to YAML, and is not read; put the value in quotes
            *hunter2             | the alias names an anchor that does not exist; put a text that begins with * in quotes
            &hunter2!            | put the value in quotes
            @hunter2             | a value may not begin with this character; put the value in quotes
            %hunter2             | a value may not begin with this character; put the value in quotes
            >hunter2             | expected chomping or indentation indicators
            "hunter2\\q"          | an escape in the quoted text is unknown
            "hunter2             | the quoted text that begins here has no end
            a: hunter2           | a ':' is not expected here; check the indentation, or put the value in quotes
            """)
    void shouldRefuseAndNotShowAValueThatYamlReadsAsSomethingElse(String token, String reason) {
        assertThatThrownBy(() -> TestSettings.parse("port: 1\nadmin:\n  token: " + token + "\n", ENVIRONMENT)).isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("text:3:").hasMessageContaining("is not valid YAML: ").hasMessageContaining(reason).hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldRefuseALostKey() {
        assertThatThrownBy(() -> TestSettings.parse("!hunter2 : 1\n", ENVIRONMENT)).hasMessageContaining("begins with !").hasMessageNotContaining("hunter2");
    }

    /** As of a line whose key was deleted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port: 1/'': hunter2                     | text:2:1
            port: 1/admin:/  token: a/  '': hunter2 | text:4:3
            port: 1/admin: { " ": hunter2 }         | text:2:10
            """)
    void shouldNameTheLineOfAnEmptyKey(String yaml, String place) {
        assertThatThrownBy(() -> TestSettings.parse(yaml.replace("/", "\n"), ENVIRONMENT)).isInstanceOf(InvalidSettingsException.class)
                .hasMessageEndingWith(place + ": has no text where a key is expected").hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldNameTheLineOfAnEmptyKeyOfJson() {
        assertThatThrownBy(() -> JsonReader.read("a.json", "{ \"port\": 1,\n \"x\": [ { \"\": \"hunter2\" } ] }")).isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("a.json:2:").hasMessageEndingWith(": has no text where a key is expected");
    }

    @Test
    void shouldReadAnchorsTagsAndQuotedValues() throws Exception {
        var settings = TestSettings.parse("""
                admin: { token: "!a", monitor_token: '&b' }
                clients: &c { keys: [ !!str 12, &key k2 ], header: &empty '' }
                port: !!int 5
                """, ENVIRONMENT);

        assertThat(settings.admin().token().value()).isEqualTo("!a");
        assertThat(settings.admin().monitorToken().value()).isEqualTo("&b");
        assertThat(settings.port()).isEqualTo(5);
    }

    @Test
    void shouldReadAsManyAliasesAsThereAre() throws Exception {
        String keys = "clients: { keys: [ &common { name: a, key: k } ] }\n";
        String instances = "instances:\n  - { name: i0, provider_type: generic, api_base: http://h, headers: &h { x: y } }\n"
                + IntStream.range(1, 200).mapToObj(i -> "  - { name: i" + i + ", provider_type: generic, api_base: http://h, headers: *h }\n").collect(Collectors.joining());

        assertThat(TestSettings.parse(keys + instances, ENVIRONMENT).instances()).hasSize(200);
    }

    @Test
    void shouldNameLineAndCharacterThatYamlDoesNotAllow() {
        assertThatThrownBy(() -> TestSettings.parse("port: 1\nname: \"\ud83d\ude00\"\nhost: a\u0000hunter2\n", ENVIRONMENT)).hasMessageNotContaining("hunter2")
                .hasMessage("text:3: is not valid YAML: the character U+0000 in this line is not allowed in YAML; write it as an escape in double quotes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port: 1/instances: [                   | 2:12
            port: 1/cors: { allowed_origins: [/x: y | 2:26
            """)
    void shouldNameThePlaceOfAnOpenBracket(String yaml, String place) {
        assertThatThrownBy(() -> TestSettings.parse(yaml.replace("/", "\n"), ENVIRONMENT)).hasMessageStartingWith("text:" + place + ": is not valid YAML: the list or object");
    }

    /** The parser counts from the beginning of what it has read last. */
    @Test
    void shouldNameTheLineOfAForbiddenCharacterFarBelow() {
        assertThatThrownBy(() -> TestSettings.parse("# before\n".repeat(3000) + "name: a\u0007b", ENVIRONMENT)).hasMessageStartingWith("text:3001: is not valid YAML");
    }
}
