package dev.openaigateway.config.load;

import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What the gateway does not replace is refused: as text, a placeholder is a key that anyone can guess. */
class PlaceholdersTest {

    private static final String RULE = " must be ${NAME}, ${NAME:-default} or ${file:PATH} where it has ${; a literal ${ is written $${";
    private static final String FOREIGN = " is a placeholder that is not replaced; ${NAME} and ${file:PATH} are, in files."
            + " If it is meant as text, put the text into a file and write ${file:PATH} in a settings file";

    @TempDir
    Path folder;

    private Settings with(String token) throws InvalidSettingsException {
        return TestSettings.parse("admin:\n  token: '" + token + "'\n", new Environment(Map.of("KEY", "value", "mixed_Case", "x"), folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${env:CLIENT_KEY}      | "${env:CLIENT_KEY}" | ${CLIENT_KEY}
            sk-${env:KEY:-secret}  | "${env:KEY}"        | ${KEY}
            ${fil:/run/secrets/a}  | "${fil:/run/secrets/a}" | ${file:/run/secrets/a}
            ${File:key.txt}        | "${File:key.txt}"   | ${file:key.txt}
            """)
    void shouldNameThePlaceholderThatIsMeant(String written, String quoted, String meant) {
        assertThatThrownBy(() -> with(written)).hasMessage("text:2: admin.token " + quoted + RULE + "; did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass${}word", "${1KEY}", "${KEY:secret}", "a${KEY} ${secret word}"})
    void shouldQuoteNothingThatMayBePartOfAPassword(String written) {
        assertThatThrownBy(() -> with(written)).hasMessage("text:2: admin.token" + RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${KEY", "secret-${KEY", "${KEY}${KEY", "}${KEY"})
    void shouldRefuseAPlaceholderThatIsNotClosed(String written) {
        assertThatThrownBy(() -> with(written)).hasMessage("text:2: admin.token must close ${ with }, as in ${NAME}; a literal ${ is written $${");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $CLIENT_KEY       | ${CLIENT_KEY}
            $mixed_Case       | ${mixed_Case}
            {{env:KEY}}       | ${KEY}
            {{ KEY }}         | ${KEY}
            {{env:KEY:secret}} | ${KEY}
            """)
    void shouldRefusePlaceholdersOfOtherPrograms(String written, String meant) {
        assertThatThrownBy(() -> with(written)).hasMessage("text:2: admin.token" + FOREIGN + "; did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{hunter2}}", "sk-{{env:KEY}}"})
    void shouldNotQuoteWhatMayBeAPassword(String written) {
        assertThatThrownBy(() -> with(written)).hasMessage("text:2: admin.token" + FOREIGN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${KEY}       | value
            $${KEY}      | ${KEY}
            $$${KEY}     | $${KEY}
            a$${b        | a${b
            $ecret       | $ecret
            pa$$WORD     | pa$$WORD
            a{{b}}       | a{{b}}
            ${NONE:-$X}  | $X
            """)
    void shouldTakeTheRestAsText(String written, String token) throws Exception {
        assertThat(with(written).admin().token().value()).isEqualTo(token);
    }

    @Test
    void shouldTakeTheTextOfAFileAsItIs() throws Exception {
        Files.writeString(folder.resolve("token"), "${KEY}\n");

        assertThat(with("${file:token}").admin().token().value()).isEqualTo("${KEY}");
    }

    @Test
    void shouldRefuseAPlaceholderAsName() {
        assertThatThrownBy(() -> TestSettings.parse("models:\n  - { name: '${KEY}', target: x }\n", new Environment(Map.of("KEY", "k"), folder)))
                .hasMessageContaining("text:2: models[0] must not hold ${ in a name: placeholders are replaced in values only");
    }

    @Test
    void shouldNotQuoteWhatIsAroundAPlaceholder() {
        assertThatThrownBy(() -> with("redis://:secret@${HOST}")).hasMessage("text:2: admin.token \"${HOST}\" needs the environment variable HOST,"
                + " which is not set (or write ${HOST:-default})");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${REAL_KEY}    | is a placeholder, which is replaced in files only
            ${env:KEY}     | is a placeholder, which is replaced in files only
            $REAL_KEY      | is a placeholder that is not replaced
            {{env:KEY}}    | is a placeholder that is not replaced
            """)
    void shouldRefuseAVariableThatHoldsAPlaceholder(String value, String rule) {
        for (String variable : new String[] {"ADMIN_TOKEN", "CLIENT_KEYS"}) {
            assertThatThrownBy(() -> Example.load(Map.of(variable, value))).hasMessageStartingWith("environment: " + variable + " " + rule);
        }
    }

    @Test
    void shouldReadManyBeginningsInProportionalTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (String begin : new String[] {"${", "${file:", "${a:-", "$${", "${env:"}) {
                assertThatThrownBy(() -> with("}" + begin.repeat(100_000) + "${")).hasMessageMatching("[^\n]{1,1000}");
                catchThrowable(() -> with(begin.repeat(20_000) + "${ }"));
            }
        });
    }
}
