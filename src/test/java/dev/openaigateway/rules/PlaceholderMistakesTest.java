package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Placeholders that are not closed, or have no value, wherever Camel replaces them: each with its line, and what is wrong. */
class PlaceholderMistakesTest {

    private final CheckedRules checked = new CheckedRules();

    private String problems(String route, String step) {
        return String.join("\n", checked.problems("""
                - route:
                    id: routing
                    %s
                    from:
                      uri: direct:routing
                      steps:
                        - setProperty: { name: first, constant: "1" }
                        - %s
                        - to: instance:east
                """.formatted(route, step)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setHeader: { name: x-a, constant: "{{a" }                  | uses placeholder "{{a" which is not closed
            setHeader: { name: "x-{{a", constant: "b" }                | uses placeholder "{{a" which is not closed
            setHeader: { name: x-a, constant: "{{a:b and more" }       | uses placeholder "{{a:b and more" which is not closed
            setHeader: { name: x-a, constant: "{{a:b}} and {{c" }      | uses placeholder "{{c" which is not closed
            setHeader: { name: x-a, constant: '\\{{a\\}} and {{b}}' }  | uses placeholder "{{b}}" which has no value
            setHeader: { name: x-a, constant: '\\{{env:NO_A\\}}, {{b}}' } | uses placeholder "{{b}}" which has no value
            setHeader: { name: x-a, constant: "'{{' and {{b}}" }       | uses placeholder "{{b}}" which has no value
            setHeader: { name: x-a, constant: "{{a:b}} and {{env:NO_A}}" } | uses placeholder "{{env:NO_A}}" which has no value
            setHeader: { name: x-a, constant: "{{env:PATH}} and {{b}}" } | uses placeholder "{{b}}" which has no value
            setHeader: { name: x-a, constant: "{{?a}} and {{b}}" }     | uses placeholder "{{b}}" which has no value
            setHeader: { name: x-a, constant: "{{a:{{b}}}}" }          | uses placeholder "{{b}}" which has no value
            log: "{{a"                                                 | uses placeholder "{{a" which is not closed
            log: "{{}}"                                                | uses placeholder "{{}}" which has no value
            to: "direct:{{a"                                           | uses placeholder "{{a" which is not closed
            wireTap: { uri: "direct:other", copy: "{{a}}" }            | uses placeholder "{{a}}" which has no value
            filter: { simple: "${header.a} == '{{a'", steps: [ { to: "instance:east" } ] } | uses placeholder "{{a'" which is not closed
            setHeader: { name: x-a, constant: "{{a:b}}c}}" }           | has "{{a:b}}c}}" where '}}' closes no '{{'
            setHeader: { name: x-a, constant: '{{a:{"b":{}}}' }        | uses placeholder "{{a:{"b":{}}" which ends at the first '}}', within the braces of its default value
            setHeader: { name: x-a, constant: '{"a":{"b":"{{a:c}}"}}' } | where '}}' closes no '{{'
            """)
    void shouldNameThePlaceOfAPlaceholder(String step, String expected) {
        assertThat(problems("description: all", step)).startsWith("rules.yaml:8:").contains("route 'routing' " + (expected.startsWith("where") ? "has" : expected))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            precondition: "{{x}}"      | rules.yaml:3:19: route 'routing' uses placeholder "{{x}}" which has no value
            precondition: "{{x"        | rules.yaml:3:19: route 'routing' uses placeholder "{{x" which is not closed: '}}' is missing
            precondition: "nonsense"   | rules.yaml:3:19: route 'routing' has condition "nonsense" in which
            autoStartup: "{{x}}"       | rules.yaml:3:18: route 'routing' uses placeholder "{{x}}" which has no value
            """)
    void shouldNameThePlaceInAKeyOfTheRoute(String key, String expected) {
        assertThat(problems(key, "log: a")).startsWith(expected).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"precondition: \"'{{mode:prod}}' == 'prod'\"", "precondition: \"true\"", "description: \"{{of people\"", "note: \"{{x}}\""})
    void shouldLeaveKeysOfTheRoute(String key) {
        assertThat(problems(key, "log: a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{{a:${header.x}}}\"", "'{\"a\":{\"b\":{}}}'", "'{\"a\":{\"b\":\"{{a:c}}\"} }'", "'{{a:{{b:c}}}}'", "'{{?a}}'",
            "'{{a:b}} and \\}}'", "\"a }} b\"", "\"'{{' and {{a:b}}\""})
    void shouldLeaveBracesThatAreClosedOrText(String text) {
        assertThat(problems("description: all", "setHeader: { name: x-a, simple: " + text + " }")).isEmpty();
    }

    @Test
    void shouldSeeWhatADefaultLeavesBehindWhenThePropertyIsSet() {
        CheckedRules withValue = new CheckedRules().withProperty("a", "value");

        assertThat(withValue.problems("""
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - setHeader: { name: x-a, simple: "{{a:${header.x}}}" }
                        - to: instance:east
                """)).singleElement().asString().contains("within the braces of its default value");
    }
}
