package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A disabled step is not refused for what it would do, and does nothing that another step could be refused for. */
class DisabledStepsTest {

    private static final String OTHERS = "- route: { id: helper, from: { uri: direct:helper, steps: [ { to: direct:routing } ] } }\n";
    private static final String SERVING = "- route: { id: helper, from: { uri: direct:helper, steps: [ { to: instance:west } ] } }\n";

    private final CheckedRules rules = new CheckedRules("""
            instances:
              - { name: east, provider_type: generic, api_key: k, api_base: "http://east", supported_models: [gpt-4o] }
              - { name: west, provider_type: generic, api_key: k, api_base: "http://west", supported_models: [gpt-4o] }
            """);

    private void assertValidOnlyIfDisabled(String steps, String others) {
        assertThat(rules.problems(CheckedRules.before(steps.replace("OFF", "false")) + others)).as("enabled").isNotEmpty();
        assertThat(rules.problems(CheckedRules.before(steps.replace("OFF", "true")) + others)).as("disabled").isEmpty();
        assertThat(rules.problems(CheckedRules.before(steps.replace("OFF", "\"{{off:true}}\"")) + others)).as("disabled by a property").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "- loadBalance: { disabled: OFF, roundRobinLoadBalancer: {}, steps: [ { to: instance:west } ] }",
        "- choice: { disabled: OFF, when: [ { simple: \"${header.a}\", steps: [ { to: instance:west } ] } ], otherwise: { steps: [ { to: instance:west } ] } }",
        "- choice: { when: [ { simple: \"${header.a}\", steps: [ { to: instance:west } ] } ], otherwise: { disabled: OFF, steps: [ { to: instance:west } ] } }",
        "- to: { uri: direct:helper, disabled: OFF }",
        "- loadBalance: { disabled: OFF, topicLoadBalancer: {}, steps: [ { to: instance:west } ] }",
        "- circuitBreaker: { steps: [ { to: { uri: instance:west, disabled: OFF } }, { log: a } ] }",
        "- circuitBreaker: { disabled: OFF, steps: [ { to: { uri: direct:helper } } ] }",
        "- setProperty: { name: model, constant: gpt-9, disabled: OFF }",
        "- to: { uri: instance:west, parameters: { when: error }, disabled: OFF }"})
    void shouldNotRefuseWhatADisabledStepWouldDo(String step) {
        assertValidOnlyIfDisabled(step, SERVING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"- to: { uri: direct:helper, disabled: OFF }", "- wireTap: { uri: direct:helper, disabled: OFF }",
        "- multicast: { disabled: OFF, steps: [ { wireTap: { uri: direct:helper } } ] }"})
    void shouldNotFollowADisabledStep(String step) {
        assertValidOnlyIfDisabled(step, OTHERS);
    }

    @Test
    void shouldSeeThroughADisabledStep() {
        assertThat(rules.problems(CheckedRules.before("- to: instance:west\n- setBody: { constant: a, disabled: true }"))).singleElement().asString()
                .contains("sends to an instance although the step in line 6 already did");
        assertThat(rules.problems(CheckedRules.before("- to: instance:west\n- setBody: { constant: a }"))).isEmpty();
    }

    @Test
    void shouldRefuseWhatCamelCannotBuildAlsoInADisabledStep() {
        assertThat(rules.problems(CheckedRules.before("- to: { uri: instnce:west, disabled: true }"))).isNotEmpty();
        assertThat(rules.problems(CheckedRules.before("- delay: { constant: 1s, disabled: true }"))).isNotEmpty();
        assertThat(rules.problems(CheckedRules.before("- loadBalance: { weightedLoadBalancer: { distributionRatio: \"1,2\" }, steps: [ { to: { uri: instance:west, disabled: true } }, "
                + "{ to: instance:east } ] }\n- setBody: { constant: a }"))).isEmpty();
    }
}
