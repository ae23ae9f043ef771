package dev.openaigateway.documents;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table of environment variables with those that the gateway reads. */
class DocumentedVariablesTest {

    /** In the code, but of no environment. */
    private static final Set<String> NO_VARIABLES = Set.of("COLUMN_NAME");

    @Test
    void shouldListEveryVariableThatTheGatewayReads() throws IOException {
        Set<String> read = new TreeSet<>(SourceTexts.found("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\""));
        read.addAll(SourceTexts.found("(?:variables?\\.put|variable|getOrDefault|String DEMO =) ?\\(?\"([A-Z]+)\""));
        String properties = Files.readString(Path.of("application.properties"));
        read.addAll(found("(?m)^(events\\.[a-z.]+) =", properties).map(key -> key.toUpperCase(Locale.ROOT).replace('.', '_')).toList());
        read.addAll(found("\\{\\{env:([A-Z_]+)", properties).toList());
        read.removeAll(NO_VARIABLES);
        List<Pattern> listed = Stream.of("settings", "traces").flatMap(page -> DocumentTable.firstCells(page).stream())
                .flatMap(cell -> DocumentTable.names(cell).stream()).map(DocumentedVariablesTest::pattern).toList();

        assertThat(read).contains("HOST", "DEMO", "ENVIRONMENT", "AZURE_TENANT_ID", "EVENTS_SQL_URL", "MANAGEMENT_PORT").hasSizeGreaterThan(50);
        assertThat(read).allSatisfy(name -> assertThat(listed).anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    /** Of a name such as {@code EVENTS_SQL_*} or {@code MODEL_MAP_<MODEL>}. */
    private static Pattern pattern(String name) {
        return Pattern.compile(name.replaceAll("=.*", "").replaceAll("[^A-Z0-9_*<>]", "#").replaceAll("\\*|<[A-Z]+>", ".*"));
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1));
    }
}
