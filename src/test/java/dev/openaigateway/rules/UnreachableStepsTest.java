package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that no request reaches: the rules are valid, and work, but hardly as they are meant. */
class UnreachableStepsTest {

    private static final String END = " ends each request before it";

    private final CheckedRules rules = new CheckedRules();

    private static String route(String step) {
        return CheckedRules.before("- " + step);
    }

    private List<String> warnings(String text) {
        assertThat(rules.problems(text)).isEmpty();
        return rules.warnings();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            to: reject:403                                         | 'to' in line 6
            to: { uri: reject, parameters: { status: 403 } }       | 'to' in line 6
            stop: {}                                               | 'stop' in line 6
            throwException: { exceptionType: java.io.IOException } | 'throwException' in line 6
            stop: { disabled: "{{off:false}}" }                    | 'stop' in line 6
            choice: { when: [ { simple: "${header.a}", steps: [ { to: "reject:403" } ] } ], otherwise: { steps: [ { log: a }, { stop: {} } ] } } | 'choice' in line 6
            choice: { when: [ { disabled: true, simple: "${header.a}", steps: [ { log: a } ] } ], otherwise: { steps: [ { stop: {} } ] } }        | 'choice' in line 6
            """)
    void shouldWarnOfTheStep(String step, String ending) {
        assertThat(warnings(route(step))).singleElement().asString()
                .contains("rules.yaml:7:11: route 'routing' has step \"to\" which never runs: " + ending + END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: { uri: \"reject:403\", disabled: \"true\" }", "stop: { disabled: \"{{off:true}}\" }",
        "choice: { when: [ { simple: \"${header.a}\", steps: [ { stop: {} } ] } ], otherwise: { disabled: true, steps: [ { stop: {} } ] } }",
        "choice: { when: [ { simple: \"${header.a}\", steps: [ { stop: {} } ] } ], otherwise: { disabled: \"{{off:true}}\", steps: [ { stop: {} } ] } }",
        "choice: { disabled: true, when: [ { simple: \"${header.a}\", steps: [ { stop: {} } ] } ], otherwise: { steps: [ { stop: {} } ] } }", "filter: { simple: \"${header.a}\", steps: [ { stop: {} } ] }",
        "choice: { when: [ { simple: \"${header.a}\", steps: [ { to: \"reject:403\" } ] } ] }", "multicast: { steps: [ { to: \"reject:403\" }, { log: a } ] }",
        "choice: { when: [ { simple: \"${header.a}\", steps: [ { log: a } ] } ], otherwise: { steps: [ { stop: {} } ] } }",
        "doTry: { steps: [ { to: \"reject:403\" } ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ { log: a } ] } ] }"})
    void shouldNotWarnOfAStepThatMayRun(String step) {
        assertThat(warnings(route(step))).isEmpty();
    }
}
