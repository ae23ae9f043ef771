package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One mistake in an else valid file, and what is said about it. */
class RulesCheckTest {

    private static final String VALID = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
                          - simple: "${exchangeProperty.model} == 'gpt-4o'"
                            steps:
                              - to:
                                  uri: instance:*
                    - loadBalance:
                        customLoadBalancer: weighted
                        steps:
                          - to: instance:east
            """;

    private final CheckedRules rules = new CheckedRules();

    @Test
    void shouldFindNothingInValidRules() {
        assertThat(rules.problems(VALID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "from:        | form:                    | rules.yaml:3:5: route 'routing' has key \"form\" which 'route' does not have; did you mean \"from\"?",
            "  steps:     |   stpes:                 | rules.yaml:5:7: route 'routing' has key \"stpes\" which 'from' does not have (description, id, note, parameters, steps, uri, variableReceive); did you mean \"steps\"?",
            "when:        | wen:                     | rules.yaml:7:13: route 'routing' has key \"wen\" which 'choice' does not have (description, disabled, id, note, otherwise, precondition, when); did you mean \"when\"?",
            "- simple     | - simpl                  | rules.yaml:8:17: route 'routing' has key \"simpl\" which 'when' does not have; did you mean \"simple\"?",
            "== 'gpt-4o'\" | == 'gpt-4o'             | rules.yaml:8:25: the file is not valid YAML: the quoted text that begins here has no end"})
    void shouldNameTheMistake(String right, String wrong, String message) {
        assertThat(rules.problems(VALID.replaceFirst(" " + right, " " + wrong.replace("$", "\\$")))).contains(message);
    }

    @Test
    void shouldTellWhereTheIndentationIsLost() {
        assertThat(rules.problems(VALID.replace("  uri: instance", "uri: instance"))).contains(
                "rules.yaml:11:21: route 'routing' has key \"uri\" beside 'to', but each entry of the list has one key; check the indentation");
    }
}
