package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that ask for models, and beans with expressions. */
class ModelMistakesTest {

    private final CheckedRules rules = new CheckedRules("""
            models: [ { name: smart, target: gpt-4o } ]
            instances:
              - { name: east, provider_type: generic, api_key: k, api_base: "http://east", supported_models: [gpt-4o] }
              - { name: west, provider_type: generic, api_key: k, api_base: "http://west", supported_models: [gpt-4o, gpt-4o-mini] }
            """);

    private static String route(String step) {
        return "- route:\n    id: routing\n    from:\n      uri: direct:routing\n      steps:\n        - " + step + "\n"
                + (step.contains("instance:") ? "" : "        - to: instance:*\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "to: \"instance:east?model=gpt-4o-mini\" | asks for model \"gpt-4o-mini\" which is not served there (gpt-4o, smart); did you mean \"gpt-4o\"?",
            "to: \"instance:*?model=gpt-9\" | asks for model \"gpt-9\" which no instance serves (gpt-4o, gpt-4o-mini, smart); did you mean \"gpt-4o\"?",
            "setProperty: { name: model, constant: gpt-9 } | asks for model \"gpt-9\" which no instance serves (gpt-4o, gpt-4o-mini, smart); did you mean \"gpt-4o\"?",
            "setProperty: { name: model, expression: { simple: { expression: gpt-9 } } } | asks for model \"gpt-9\" which no instance serves (gpt-4o, gpt-4o-mini, smart); did you mean \"gpt-4o\"?",
            "to: \"request:set?model=gpt-9\" | asks for model \"gpt-9\" which no instance serves (gpt-4o, gpt-4o-mini, smart); did you mean \"gpt-4o\"?",
            "to: { uri: \"request:set\", parameters: { name: model, value: gpt-9 } } | asks for model \"gpt-9\" which no instance serves (gpt-4o, gpt-4o-mini, smart); did you mean \"gpt-4o\"?"})
    void shouldNameAModelThatIsNotServed(String step, String expected) {
        assertThat(rules.problems(route(step))).singleElement().asString().startsWith("rules.yaml:6:").endsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setProperty: { name: model, constant: smart }", "setProperty: { name: model, simple: \"${header.a}\" }",
            "setProperty: { name: kind, constant: gpt-9 }", "to: \"request:set?model=gpt-4o-mini\"", "to: \"request:set?model=${header.a}\"",
            "to: \"instance:west?model=gpt-4o-mini\""})
    void shouldAcceptAModelThatIsServed(String step) {
        assertThat(rules.problems(route(step))).isEmpty();
    }

    @Test
    void shouldCheckTheKeyOfAStickyBean() {
        String bean = "- beans:\n    - { name: teams, type: \"%s\", properties: { key: \"${headr.x-team}\" } }\n"
                + route("loadBalance: { customLoadBalancer: teams, steps: [ { to: instance:* } ] }");

        for (String type : new String[] {"dev.openaigateway.routing.policy.Sticky", "#class:dev.openaigateway.routing.policy.Sticky"}) {
            assertThat(rules.problems(bean.formatted(type))).singleElement().asString().startsWith("rules.yaml:2:")
                    .contains("uses function \"headr\"", "did you mean \"header\"?");
        }
        assertThat(rules.problems(bean.formatted("dev.openaigateway.routing.policy.Sticky").replace("headr", "header"))).isEmpty();
    }
}
