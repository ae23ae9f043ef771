package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions in the names of loggers and markers. */
class KeptNamesCheckTest {

    private final CheckedRules rules = new CheckedRules();

    @ParameterizedTest
    @ValueSource(strings = {"toD: \"log:${header.x-team}?level=DEBUG\"", "toD: \"log:team-${header.x-team}\"", "toD: \"log:a?level=INFO&marker=${header.x-team}\"",
            "wireTap: { uri: \"log:$simple{header.x-team}\" }", "toD: { uri: log, parameters: { loggerName: \"${header.x-team}\" } }",
            "toD: { uri: \"log:a\", parameters: { marker: \"${header.x-team}\" } }", "enrich: { simple: \"log:${header.x-team}\" }",
            "recipientList: { simple: \"direct:a,log:${header.x-team}\" }", "recipientList: { simple: \"log:a?level=DEBUG&logger=#${header.x-team}\" }"})
    void shouldRefuseAFunctionInTheName(String step) {
        assertThat(rules.problems(CheckedRules.before("- " + step))).anySatisfy(problem ->
                assertThat(String.valueOf(problem)).contains("rules.yaml:6", "kept until the gateway ends", "the message of the step 'log'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: \"log:audit\"", "toD: \"log:audit?level=${header.x-level}\"", "toD: \"log:audit?marker=A&level=${header.x-level}\"",
            "toD: \"http://127.0.0.1/log:${header.x-team}\"", "recipientList: { simple: \"log:audit,instance:${header.x-team}\" }",
            "log: { message: \"${header.x-team}\", logName: audit }"})
    void shouldTakeAFixedName(String step) {
        assertThat(rules.problems(CheckedRules.before("- " + step)).stream().map(String::valueOf)).noneMatch(problem -> problem.contains("until the gateway ends"));
    }
}
