package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Conditions that Camel would take, but that are always true, never true, or fail for each request. */
class ConditionMistakesTest {

    private final CheckedRules rules = new CheckedRules();

    private static String when(String condition) {
        return "- route:\n    id: routing\n    from:\n      uri: direct:routing\n      steps:\n        - choice: { when: [ { " + condition
                + ", steps: [ { to: \"instance:east\" } ] } ] }\n        - to: instance:*\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "simple: \"${header.x-team == ${exchangeProperty.model}}\" | stands within the braces, as part of the name; write ${header.x-team} == ${exchangeProperty.model}",
            "simple: \"${exchangeProperty.model == ${header.x-${header.y}}}\" | write ${exchangeProperty.model} == ${header.x-${header.y}}",
            "simple: \"${random(100) < 5}\" | in which \"<\" stands within the braces, where it is no operator; write ${random(100)} < 5",
            "simple: \"${date:now:HH > 30}\" | write ${date:now:HH} > 30",
            "simple: \"${date:now:HH>30}\" | write ${date:now:HH} > 30",
            "simple: \"${skip(3) == 'q'}\" | write ${skip(3)} == 'q'",
            "simple: \"${in.header.x-team == 'q'}\" | as part of the name; write ${in.header.x-team} == 'q'",
            "simple: \"${env:HOME == 'q'}\" | write ${env:HOME} == 'q'",
            "simple: \"${sys.user == 'q'} && ${header.b}\" | write ${sys.user} == 'q'",
            "simple: \"${bodyAs(String) contains 'zzz'}\" | write ${bodyAs(String)} contains 'zzz'",
            "simple: \"${bodyAs(String).length() > 999999}\" | write ${bodyAs(String).length()} > 999999",
            "simple: \"${exchange.getProperty('model') == 'q'}\" | write ${exchange.getProperty('model')} == 'q'",
            "simple: \"${exchangeId == 'q'}\" | write ${exchangeId} == 'q'",
            "simple: \"${bean:quota?method=left > 5}\" | write ${bean:quota?method=left} > 5",
            "simple: \"${random(100)}\" | which is true for every request, as any number is; compare it: ${random(100)} > 0",
            "simple: \"${date:now:HH}\" | which is true for every request, as any text is; compare it: ${date:now:HH} == '...'",
            "simple: \"${uuid}\" | which is true for every request, as any text is",
            "simple: \"${exchangeProperty[images]}\" | which is true for every request, as any number is; compare it: ${exchangeProperty.images} > 0",
            "simple: \"${header.a} !startsWith 'b'\" | did you mean \"!regex\"?",
            "simple: \"${header.a} !endswith 'b'\" | did you mean \"!regex\"?",
            "simple: \"${exchangeProperty.prompt_tokens} > 8,000\" | compares prompt_tokens with \"8,000\" but it is a number; write 8000",
            "simple: \"${exchangeProperty.max_tokens} > '4,096'\" | compares max_tokens with \"4,096\" but it is a number; write 4096",
            "simple: \"${header.a} == 'x' && ${exchangeProperty[size]} >= 1,000,000 && ${header.b} == 'y'\" | compares size with \"1,000,000\" but it is a number; write 1000000",
            "simple: \"${exchangeProperty.stream} == 1\" | compares stream with \"1\" but it is true or false",
            "exchangeProperty: images | which is true for every request, as any number is; compare it in 'simple': ${exchangeProperty.images} > 0"})
    void shouldNameTheMistake(String condition, String expected) {
        assertThat(rules.problems(when(condition))).singleElement().asString().startsWith("rules.yaml:6:").contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${exchangeProperty.images} || ${header.x-team} == 'retail'", "${header.a} == 'x || y' && ${exchangeProperty.images}"})
    void shouldRefuseAnOperandThatIsAlwaysTrue(String condition) {
        assertThat(rules.problems(when("simple: \"" + condition + "\""))).singleElement().asString().endsWith("in which ${exchangeProperty.images} "
                + "is true for every request, as any number is; compare it: ${exchangeProperty.images} > 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${header.x-team == ${exchangeProperty.model}}", "${header.a.contains('x} == ${header.b}", "${exchangeProperty.rule.${header.a} + }",
            "${header.a} regex '['", "${date:nwo:HH} > 22",
            "${header.x ${header.y}}", "${header.${}} == 'a'", "${variable:${header.x == 'a'}}", "${header.x-${header.y}} == 'a'"})
    void shouldRefuseAWrongExpressionEachTime(String wrong) {
        List<String> first = rules.problems(when("simple: \"" + wrong + "\""));

        assertThat(first).isNotEmpty();
        assertThat(rules.problems(when("simple: \"" + wrong + "\""))).isEqualTo(first);
        assertThat(rules.problems(when("simple: \"" + wrong + "\""))).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple: \"${date:now:yyyy-MM-dd HH:mm} == 'a'\"",
            "simple: \"${properties:java.version:a == b} == 'a'\"", "simple: \"${header.a} == ${header.b} || ${exchangeProperty.tools} > 0\"", "exchangeProperty: max_tokens",
            "simple: \"${exchangeProperty.prompt_tokens} > 8000 && ${exchangeProperty.max_tokens} != null && ${exchangeProperty.stream} == true\"",
            "simple: \"${date-with-timezone:now:Europe/Berlin:EEE, d MMM 'at' HH:mm} contains 'Sat'\"", "simple: \"${header.a.replace('x', ' == ')}\""})
    void shouldAcceptTheCondition(String condition) {
        assertThat(rules.problems(when(condition))).isEmpty();
    }
}
