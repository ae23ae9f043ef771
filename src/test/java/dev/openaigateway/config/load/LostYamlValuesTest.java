package dev.openaigateway.config.load;

import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A token or key may begin with a character that means something else to YAML. It must be neither lost nor shown. */
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
}
