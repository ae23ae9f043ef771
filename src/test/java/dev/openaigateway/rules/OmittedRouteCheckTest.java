package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends that are valid, but fail at run time or go where a client wants. */
class OmittedRouteCheckTest {

    private final CheckedRules rules = new CheckedRules().withProperty("on", "true").withProperty("off", "false");

    private List<String> warnings(String text) {
        assertThat(rules.problems(text)).isEmpty();
        return rules.warnings();
    }

    private static String helper(String precondition) {
        return """
                - route:
                    id: h
                    precondition: "%s"
                    from: { uri: "direct:h", steps: [ { log: a } ] }
                """.formatted(precondition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{?helper}}", "{{off}}", "{{on}} == 'no'"})
    void shouldWarnOfASendToARouteThatIsLeftOut(String precondition) {
        String text = CheckedRules.before("- to: direct:h") + helper(precondition);

        assertThat(warnings(text)).singleElement().asString()
                .contains("rules.yaml:6:15", "sends to \"direct:h\" but the route at rules.yaml:9 is left out by its precondition");
    }

    @Test
    void shouldNotWarnIfARouteBeginsThere() {
        assertThat(warnings(CheckedRules.before("- to: direct:h") + helper("{{on}}"))).isEmpty();
        assertThat(warnings(CheckedRules.before("- to: { uri: \"direct:h\", disabled: true }") + helper("{{off}}"))).isEmpty();
    }

    @Test
    void shouldNotWarnOfASendInARouteThatIsLeftOutToo() {
        String left = """
                - route:
                    precondition: "{{off}}"
                    from: { uri: "direct:g", steps: [ { to: "direct:h" } ] }
                """;

        assertThat(warnings(CheckedRules.before("- log: a") + left + helper("{{off}}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            toD: "${header.where}"
            wireTap: { uri: "${headers.where}?x=y" }
            recipientList: { simple: "${body}" }
            routingSlip: { header: where }
            toD: "${exchangeProperty.model}:a"
            """)
    void shouldWarnOfAComponentThatAClientChooses(String step) {
        assertThat(warnings(CheckedRules.before("- " + step))).singleElement().asString().contains("so a client that gives it chooses the component");
    }

    @ParameterizedTest
    @ValueSource(strings = {"toD: \"seda:${header.where}\"", "toD: \"${exchangeProperty.CamelTimerName}\"", "recipientList: { simple: \"direct:routing-${header.x}\" }"})
    void shouldNotWarnOfAComponentThatTheRuleChooses(String step) {
        assertThat(warnings(CheckedRules.before("- " + step))).isEmpty();
    }
}
