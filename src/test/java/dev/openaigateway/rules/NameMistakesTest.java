package dev.openaigateway.rules;

import groovy.lang.MetaClass;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names of properties and variables that nothing sets, beside what looks as if it set them. */
class NameMistakesTest {

    private static String problems(String steps) {
        return String.join("\n", new CheckedRules().problems(CheckedRules.before(steps)));
    }

    private static String filter(String condition) {
        return "- filter: { " + condition + ", steps: [ { log: a } ] }\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '~', value = {
            "transform: { jq: \".temperature |= 1\" } ^ ${exchangeProperty.temperature} > 1",
            "filter: { jq: \".messages | length > 3\", steps: [ { log: a } ] } ^ ${exchangeProperty.messages} > 1",
            "filter: { jq: \".user != null\", steps: [ { log: a } ] } ^ ${variable.user} == 'a'",
            "filter: { groovy: \"def temperature = 1; temperature > headers.x\", steps: [ { log: a } ] } ^ ${exchangeProperty.temperature} > 1",
            "setHeader: { name: a, jsonpath: \"$.messages\" } ^ ${exchangeProperty.messages} > 1"})
    void shouldRefuseANameThatAScriptUsesForSomethingElse(String step, String condition) {
        assertThat(problems("- " + step + "\n" + filter("simple: \"" + condition + "\""))).contains("which no step sets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean: { ref: quota }", "setProperty: { name: \"x-${header.a}\", constant: a }"})
    void shouldRefuseANameOfTheGatewayInAnotherCase(String step) {
        for (String name : new String[] {"Model", "Stream", "clinet"}) {
            assertThat(problems("- " + step + "\n- log: \"${exchangeProperty." + name + "}\"")).contains("\"" + name + "\" which no step sets");
        }
    }

    @ParameterizedTest
    @CsvSource({"x-a, true", "x, true", "team, false"})
    void shouldTakeOnlyNamesThatAComputedNameMayBe(String name, boolean isValid) {
        String problems = problems("- setProperty: { name: \"x-${header.a}\", constant: a }\n- log: \"${exchangeProperty." + name + "}\"");
        assertThat(problems.isEmpty()).as(problems).isEqualTo(isValid);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "convertVariableTo: { name: nope, type: int } | asks for variable \"nope\"",
            "convertVariableTo: { name: nope, toName: number, type: int } | asks for variable \"nope\"",
            "to: { uri: \"http://localhost:1/a\", variableSend: nope } | asks for variable \"nope\"",
            "filter: { jq: 'property(\"modle\") == \"a\"', steps: [ { log: a } ] } | asks for exchange property \"modle\"",
            "filter: { jq: 'variable(\"nope\") == \"a\"', steps: [ { log: a } ] } | asks for variable \"nope\"",
            "script: { groovy: \"exchange.setProperty('team', heders['x-team'])\" } | unknown variable heders"})
    void shouldRefuseANameThatAStepAsksFor(String step, String expected) {
        assertThat(problems("- " + step)).contains(expected);
        assertThat(problems("- setVariable: { name: nope, constant: a }\n- setProperty: { name: modle, constant: a }\n"
                + "- setHeader: { name: x, groovy: \"exchangeProperties.modle\" }\n- " + step)).doesNotContain("which no step sets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"property(.user) == \"a\"", "property(\"Mod\" + \"el\") == \"a\"", "property(\"Model\"; \"b\") == \"a\""})
    void shouldTakeAPropertyWhoseNameAnExpressionComputes(String condition) {
        assertThat(problems("- setProperty: { name: Model, constant: a }\n- filter: { jq: '" + condition + "', steps: [ { log: a } ] }")).doesNotContain("which nothing reads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"length() > 5", "charAt(0) == 'a'", "concat('a') == 'a'", "isBlank()", "lines().count() > 1", "lastIndexOf('a') > 1",
        "equalsIgnoreCase('a')", "stripLeading() == 'a'", "stripTrailing() == 'a'", "toCharArray() != null", "contentEquals('a')", "eachLine('a')",
        "readLines() != null", "startsWith('a')", "tokenize() != null"})
    void shouldRefuseGroovyThatAsksBytesForAMethodOfText(String call) {
        MetaClass bytes = InvokerHelper.getMetaClass(byte[].class);
        assertThat(bytes.respondsTo(new byte[0], call.replaceFirst("[(].*", ""))).isEmpty();
        assertThat(problems(filter("groovy: \"body." + call + "\""))).contains("before an instance the body is bytes");
    }
}
