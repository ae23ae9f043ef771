package dev.openaigateway.documents;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table of errors with the codes that the gateway sends. */
class DocumentedErrorsTest {

    @Test
    void shouldListEveryCodeOfTheGateway() {
        Set<String> sent = new TreeSet<>(SourceTexts.found("\\binvalid\\([^;,]+, \"([a-z_]+)\""));
        sent.addAll(SourceTexts.found("new ApiError\\([^;]*?\"([a-z_]+)\"\\)"));
        sent.addAll(SourceTexts.found("new SettingsError\\([^;]*?\"([a-z_]+)\", e\\."));
        sent.addAll(SourceTexts.found("notFound\\([^;]*?\"([a-z_]+_not_found)\"\\)"));
        Set<String> listed = DocumentTable.rows("errors").stream().filter(cells -> cells.get(0).matches("\\d{3}.*"))
                .flatMap(cells -> DocumentTable.names(cells.get(1)).stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(sent).contains("invalid_settings", "key_not_found", "rejected_by_rule", "too_many_references").hasSizeGreaterThan(40);
        assertThat(listed).containsAll(sent);
    }
}
