package dev.openaigateway.documents;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.support.Documents;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Compares the tables of the documentation with the files that they describe. */
class DocumentTablesTest {

    /** The path of a route, or of a route template's parameter. */
    private static final String PATH = "(?:platform-http:|value: )(/\\S+)";

    @ParameterizedTest
    @ValueSource(strings = {"openai-api", "admin", "dashboard"})
    void shouldListEveryEndpoint(String file) throws IOException {
        List<String> paths = found(PATH, Path.of("routes", file + ".camel.yaml"));

        assertThat(paths).isNotEmpty().map(path -> path.replace("{instance}", "{name}")).allSatisfy(path -> isListed(path, "endpoints"));
    }

    @Test
    void shouldListEveryKeyOfTheSettings() throws IOException {
        List<String> keys = found("(?m)^# +([a-z_]+):", Path.of("routes/instances.yaml"));

        assertThat(keys).contains("strategy", "max_tpm").allSatisfy(name -> isListed(name, "settings"));
    }

    @Test
    void shouldListEveryVariableOfTheSettings() throws IOException {
        List<String> variables = found("(?m)# ([A-Z_]+)(?:;|$)", Path.of("routes/instances.yaml"));

        assertThat(variables).contains("RATE_LIMIT_TPM", "BLOCK_SECONDS").allSatisfy(name -> isListed(name, "settings"));
    }

    @Test
    void shouldListEveryPathOfAzuresForms() throws IOException {
        List<String> documented = DocumentTable.firstCells("endpoints").stream()
                .flatMap(cell -> Pattern.compile("`(/openai/[^`?]*)").matcher(cell).results()).map(match -> match.group(1))
                .map(path -> path.replace("{operation}", ".+").replaceAll("\\{\\w+}", "[^/]+")).toList();
        List<String> paths = found(PATH, Path.of("routes/azure-api.camel.yaml"));
        assertThat(paths).hasSizeGreaterThan(5).allSatisfy(path -> assertThat(documented).anyMatch(listed ->
                (path.endsWith("/") ? path + "x/x" : path).matches(listed + "(/.*)?")));
    }

    @Test
    void shouldListTheHeadersOfSessionsInTheirOrder() {
        assertThat(names(row("rules", "`session`"), "the first of the headers (.*?), and of"))
                .isEqualTo(RequestHeaderNames.SESSION);
        assertThat(names(row("settings", "of sessions"), "(.*)"))
                .isEqualTo(RequestHeaderNames.SESSION.stream().filter(name -> !name.startsWith("x-gateway-") && !name.startsWith("x-claude-code-")).toList());
    }

    @Test
    void shouldListHeadersThatClientsGet() {
        List<String> documented = DocumentTable.rows("settings").stream().dropWhile(cells -> !cells.get(0).equals("to the client"))
                .takeWhile(cells -> !cells.get(0).equals("never")).flatMap(cells -> DocumentTable.names(cells.get(1)).stream()).toList();

        assertThat(documented).hasSizeGreaterThan(20).allMatch(name -> ResponseHeaderNames.isForClient(name.replace("*", "x")));
    }

    @Test
    void shouldShowSettingsThatLoad() {
        Environment environment = new Environment(Map.of("AZURE_API_KEY_EAST", "k1", "SEARCH_KEY", "k2"), Path.of("/nonexistent"));
        List<String> blocks = found("(?ms)^```yaml\n((?:instances|clients):.*?)^```", Documents.text());

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2).allSatisfy(block ->
                assertThatCode(() -> TestSettings.parse(block, environment)).doesNotThrowAnyException());
    }

    private static void isListed(String name, String page) {
        assertThat(DocumentTable.firstCells(page)).anyMatch(cell -> Pattern.compile("(?<![\\w])" + Pattern.quote(name) + "(?![\\w])").matcher(cell).find());
    }

    /** The row of a page's table that begins with this cell. */
    private static String row(String page, String cell) {
        return found("(?m)^(\\| " + Pattern.quote(cell) + " \\|.*)$", Documents.read(Path.of("docs", page + ".md"))).get(0);
    }

    /** The names in the part of a row that the pattern finds. */
    private static List<String> names(String row, String part) {
        return found("`([^`]+)`", found(part, row).get(0));
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return found(pattern, Files.readString(file));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
