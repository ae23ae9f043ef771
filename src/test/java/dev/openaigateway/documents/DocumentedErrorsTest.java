package dev.openaigateway.documents;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table of errors with the codes that the gateway sends. */
class DocumentedErrorsTest {

    private static final Set<String> LISTED = DocumentTable.rows("errors").stream().filter(cells -> cells.get(0).matches("[\\d, to]+|\\d+ and above"))
            .flatMap(cells -> DocumentTable.names(cells.get(1)).stream()).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void shouldListEveryCodeOfTheGateway() {
        Set<String> sent = new TreeSet<>(SourceTexts.found("\\binvalid\\([^;,]+, \"([a-z_]+)\""));
        sent.addAll(SourceTexts.found("new ApiError\\([^;]*?\"([a-z][a-z_]+)\"\\)"));
        sent.addAll(SourceTexts.found("new SettingsError\\([^;]*?\"([a-z_]+)\", ShownProblem"));
        SourceTexts.found("new ApiError\\([^;]*?ErrorCode\\.([A-Z_]+)\\)").forEach(constant -> sent.add(constant.toLowerCase(Locale.ROOT)));
        SourceTexts.found("notNamed\\(\"(\\w+)\"").forEach(what -> sent.add(what + "_not_found"));

        assertThat(sent).contains("invalid_settings", "key_not_found", "client_not_found", "rejected_by_rule", "too_many_references").hasSizeGreaterThan(40);
        assertThat(LISTED).containsAll(sent);
    }

    /** Beside these codes, clients may get those of upstreams. */
    @Test
    void shouldListCodesThatExist() {
        assertThat(LISTED).hasSizeGreaterThan(40);
        assertThat(SourceTexts.found("\"(\\w+)\"")).containsAll(LISTED.stream().filter(code -> !code.matches("(instance|client)_not_found")).toList());
    }
}
