package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions in what a component runs. */
class ComputedCodeCheckTest {

    private final CheckedRules rules = new CheckedRules();

    @ParameterizedTest
    @ValueSource(strings = {"toD: \"sql:select a, b from q where team='${header.x-team}'?dataSource=#db\"", "toD: \"language:simple:${header.x-team}\"",
            "wireTap: { uri: \"sql:insert into q values ('${header.x-team}')\" }", "enrich: { simple: \"sql:select ${header.x-team}\" }",
            "recipientList: { simple: \"direct:a,sql-stored:p('${header.x-team}')\" }"})
    void shouldRefuseAFunctionInAStatement(String step) {
        assertThat(rules.problems(CheckedRules.before("- " + step))).anySatisfy(problem ->
                assertThat(String.valueOf(problem)).contains("rules.yaml:6", "may become a part of what it runs", ":#${...}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: \"sql:select 1 from q where team=:#${header.x-team}?dataSource=#db\"", "toD: \"sql:select 1?dataSource=#${header.x-team}\"",
            "toD: \"http://127.0.0.1/sql:${header.x-team}\""})
    void shouldTakeAParameter(String step) {
        assertThat(rules.problems(CheckedRules.before("- " + step)).stream().map(String::valueOf)).noneMatch(problem -> problem.contains("what it runs"));
    }
}
