package dev.openaigateway.config.load;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTest {

    @ParameterizedTest
    @ValueSource(strings = {"openai-api", "admin"})
    void shouldListEveryEndpoint(String file) throws IOException {
        List<String> paths = found("platform-http:(\\S+)", Path.of("routes", file + ".camel.yaml"));

        assertThat(paths).isNotEmpty().map(path -> path.replace("{instance}", "{name}")).allSatisfy(ReadmeTest::isListed);
    }

    @Test
    void shouldListEveryKeyOfTheSettings() throws IOException {
        List<String> keys = found("(?m)^# +([a-z_]+):", Path.of("routes/instances.yaml"));

        assertThat(keys).contains("strategy", "max_tpm").allSatisfy(ReadmeTest::isListed);
    }

    @Test
    void shouldListEveryVariableOfTheSettings() throws IOException {
        List<String> variables = found("(?m)# ([A-Z_]+)(?:;|$)", Path.of("routes/instances.yaml"));

        assertThat(variables).contains("RATE_LIMIT_TPM", "BLOCK_SECONDS").allSatisfy(ReadmeTest::isListed);
    }

    @Test
    void shouldListEveryAddressOfAzuresForms() throws IOException {
        List<String> documented = firstCells().stream()
                .flatMap(cell -> Pattern.compile("`(/openai/[^`?]*)").matcher(cell).results()).map(match -> match.group(1))
                .map(path -> path.replace("{operation}", ".+").replaceAll("\\{\\w+}", "[^/]+")).toList();
        List<String> paths = found("platform-http:(\\S+)", Path.of("routes/azure-api.camel.yaml"));
        assertThat(paths).hasSizeGreaterThan(10).allSatisfy(path -> assertThat(documented).anyMatch(listed ->
                (path.endsWith("/") ? path + "x/x" : path).matches(listed + "(/.*)?")));
    }

    private static void isListed(String name) throws IOException {
        assertThat(firstCells()).anyMatch(cell -> Pattern.compile("(?<![\\w])" + Pattern.quote(name) + "(?![\\w])").matcher(cell).find());
    }

    /** Of the tables, where a reader looks for a name. */
    private static List<String> firstCells() throws IOException {
        return found("(?m)^\\| ([^|]*`[^|]*) \\|", Path.of("README.md"));
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(file)).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
