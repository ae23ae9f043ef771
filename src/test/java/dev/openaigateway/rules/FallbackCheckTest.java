package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Mistakes in the children of a block that falls back to another model; the children are lines 9, 10 and 11. */
class FallbackCheckTest {

    private final CheckedRules rules = new CheckedRules("""
            models: [{ name: cheap, target: small }]
            instances:
              - { name: east, provider_type: generic, api_base: "http://east", supported_models: [big] }
              - { name: west, provider_type: generic, api_base: "http://west", supported_models: [small] }
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            instance:* | instance:*?model=small | instance:*?model=cheap&when=budget
            instance:* | instance:east | instance:west?model=small&when=error,context_length
            instance:*?model=big | instance:*?model=small | instance:*?model=cheap
            instance:* | instance:east?when=content_filter | instance:west?when=any
            """)
    void shouldFindNothingInValidChildren(String first, String second, String third) {
        assertThat(problems(first, second, third)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            instance:* | instance:*?model=smal | instance:* | :10:21: route 'routing' asks for model "smal" which no instance serves (big, cheap, small); did you mean "small"?
            instance:*?when=error | instance:*?model=small | instance:*?model=cheap | :9:17: route 'routing' sets 'when' to "error" but no model before it can fail: put the children without 'model' and 'when' first
            instance:* | instance:*?model=small | instance:east | :11:17: route 'routing' has a child without 'model' after the fallback "small" but the children without 'model' and 'when' come first
            instance:* | instance:* | instance:*?model=small&when=contextlength | :11:21: route 'routing' uses endpoint "instance:*" which is not valid: when "contextlength" must be one of error, context_length, content_filter, budget, any; did you mean "context_length"?
            """)
    void shouldNameTheMistake(String first, String second, String third, String message) {
        assertThat(problems(first, second, third)).contains("rules.yaml" + message);
    }

    @Test
    void shouldRefuseWhenOutsideALoadBalancer() {
        assertThat(rules.problems("""
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - to: { uri: "instance:*", parameters: { model: small, when: error } }
                """)).containsExactly("rules.yaml:6:22: route 'routing' sets 'when' to \"error\" which has an effect only on a child of 'loadBalance'");
    }

    private List<String> problems(String first, String second, String third) {
        return rules.problems("""
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - loadBalance:
                            customLoadBalancer: failover
                            steps:
                              - to: "%s"
                              - to: "%s"
                              - to: "%s"
                """.formatted(first, second, third));
    }
}
