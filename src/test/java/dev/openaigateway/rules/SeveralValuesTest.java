package dev.openaigateway.rules;

import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Conditions in {@code jq} with a value for each member of a list: right for one member, true for more. */
class SeveralValuesTest {

    private final CheckedRules rules = new CheckedRules();

    private static String filter(String condition) {
        return CheckedRules.before("- filter:\n    jq: '" + condition + "'\n    steps: [ { log: a } ]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            .messages[].role == "system"            ^ any(.messages[]; .role == "system"), or all(...) if each must match
            .messages[].role != "system"            ^ any(.messages[]; .role != "system"), or all(...) if each must match
            .messages[] | .content | test("secret") ^ any(.messages[]; .content | test("secret")), or all(...)
            .tools[].function.name == "search"      ^ any(.tools[]; .function.name == "search"), or all(...)
            .messages[].role == "system" and .user == "b" ^ any(...), as in any(.messages[]; .role == "system")
            """)
    void shouldWarnWithTheRightForm(String condition, String right) {
        assertThat(rules.problems(filter(condition))).isEmpty();
        assertThat(rules.warnings()).singleElement().asString().startsWith("rules.yaml:7:").contains("has condition").contains("which gives several values, and is true for every request with several of them: write " + right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any(.messages[]; .role == \"system\")", "all(.messages[]; .role == \"system\")", ".messages[] | select(.role == \"system\") | true",
        ".messages[0].role == \"system\"", ".model == \"gpt-4o\" or .user == \"b\""})
    void shouldNotWarnOfOneValue(String condition) {
        assertThat(rules.problems(filter(condition))).isEmpty();
        assertThat(rules.warnings()).isEmpty();
    }

    @Test
    void shouldKnowWhatCamelTakesForTrue() throws Exception {
        try (CamelContext context = CheckedRules.context()) {
            assertThat(matches(context, "{\"role\": \"user\"}")).isFalse();
            assertThat(matches(context, "{\"role\": \"system\"}")).isTrue();
            assertThat(matches(context, "{\"role\": \"user\"}, {\"role\": \"user\"}")).isTrue();
        }
    }

    private static boolean matches(CamelContext context, String messages) {
        DefaultExchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{\"messages\": [" + messages + "]}");
        return context.resolveLanguage("jq").createPredicate(".messages[].role == \"system\"").matches(exchange);
    }
}
