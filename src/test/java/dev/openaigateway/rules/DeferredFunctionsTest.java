package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Functions of {@code simple} that Camel builds or evaluates with the first request, and that fail for each one. */
class DeferredFunctionsTest {

    private final CheckedRules rules = new CheckedRules();

    private List<String> problems(String expression) {
        return rules.problems(CheckedRules.before("- setProperty: { name: first, simple: '" + expression.replace("'", "''") + "' }"));
    }

    private List<String> ofCondition(String condition) {
        return rules.problems(CheckedRules.before("- filter:\n    simple: '" + condition.replace("'", "''") + "'\n    steps: [ { log: a } ]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${uppercase(${header.x})}               | uses function "uppercase" which simple does not have in "${uppercase(${header.x})}"; call a method, as in ${header.a.toUpperCase()} or ${bodyAs(String).toUpperCase()}
            ${concat(${header.a},${header.b})}      | which simple does not have in "${concat(${header.a},${header.b})}"; write one value behind the other, as in ${header.a}${header.b}
            ${hsh(${body})}                         | uses function "hsh" which simple does not have in "${hsh(${body})}"; did you mean "hash"?
            ${iff(${header.x} == 1,a,b)}            | uses function "iff" which simple does not have in "${iff(${header.x} == 1,a,b)}"; did you mean "iif"?
            a ${lowercase(${body})} ${header.a}     | uses function "lowercase"
            ${header.${nope(${header.x})}}          | uses function "nope"
            ${pretty(${bdy})}                       | uses function "bdy" which simple does not have in "${pretty(${bdy})}"; did you mean "body"?
            ${list(a,${nope(${header.x})})}         | uses function "nope"
            ${iif(${header.x} == 'a',${nope(a)},b)} | uses function "nope"
            ${iif(a,b)}                             | which is not valid simple: ${iif(a,b)} has too few arguments
            ${iif(${header.x} == 3,a)}              | which is not valid simple: ${iif(${header.x} == 3,a)} has too few arguments
            ${iif(${header.x} == 3,a,b,c)}          | Valid syntax: ${iif(predicate,trueExpression,falseExpression)}
            ${iif(${header.x} = 3,a,b)}             | in which "=" is not an operator between spaces
            ${iif(${header.x},${iif(${header.y},a,b)},c)} | Valid syntax: ${iif(predicate,trueExpression,falseExpression)}
            ${replace(a)}                           | ${replace(a)} has too few arguments
            ${replace(${header.x})}                 | ${replace(${header.x})} has too few arguments
            ${replace(a,b,${header.x},d)}           | Valid syntax: ${replace(from,to,expression)}
            ${replace(a,b,${bodyAs(String)})}       | end at a ')' or ',' of the inner function: put the inner value into an exchange property first
            ${substring(1,2,${header.x},4)}         | Valid syntax: ${substring(num,num,expression)}
            ${join(a,b,${header.x},d)}              | Valid syntax: ${join(separator,prefix,expression)}
            ${map(a,${header.x},b)}                 | Map function must have an even number of values
            ${skip(${header.x})}                    | ${skip(${header.x})} needs a whole number
            ${collate(a)}                           | ${collate(a)} needs a whole number
            ${jq(header:j)}                         | ${jq(header:j)} has too few arguments
            ${bean:qota.left(${body})}              | names bean "qota" which does not exist
            """)
    void shouldRefuseAFunctionThatCannotBeBuilt(String expression, String expected) {
        List<String> first = problems(expression);

        assertThat(first).isNotEmpty().allSatisfy(problem -> assertThat(problem).startsWith("rules.yaml:6:"));
        assertThat(first.get(0)).contains(expected);
        assertThat(problems(expression)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '~', textBlock = """
            ${hash(${header.x},NOSUCH)} ^ which fails: NOSUCH MessageDigest not available
            ${hash(${header.x},'SHA-1')} ^ which fails: 'SHA-1' MessageDigest not available; did you mean "SHA-1"?
            ${substring(x)} ^ which fails: substring needs whole numbers, not x
            ${substring(1,b,${header.x})} ^ which fails: substring needs whole numbers, not b
            ${skip(-1)} ^ which fails: Skip must not be a negative number
            ${collate(0)} ^ which fails: collate needs a number above 0, not 0
            ${random(9,1)} ${exchangeId} ^ which fails: bound must be positive
            ${date:nwo:yyyy} ${bean:quota} ^ which fails: Command not supported for dateExpression: nwo
            ${headerAs(x,Nope)} ${exchangeId} ^ which fails: there is no class Nope
            ${bodyAs(String).foo()} ${bean:quota} ^ which fails: a text has no method 'foo'
            ${type:com.bank.Nope} ${sys.user} ^ which fails: there is no class com.bank.Nope
            ${jq(.model | nope)} ^ uses function "nope" which jq does not have in ".model | nope"
            ${jq(header.j,.a)} ^ uses function "header" which jq does not have with these arguments in "header.j,.a"
            ${jq(header:j,.a | test("["))} ^ which fails: the regular expression is wrong
            ${jsonpath($.messages[?(@.role = 'a')])} ^ which is not valid jsonpath
            ${jq(exchangeProperty:model,.a)} ^ which fails: jq reads no exchangeProperty:model; write jq(property:model,...)
            a ${jsonpath(exchangeProperty:model,$.a)} ^ which fails: jsonpath reads no exchangeProperty:model; write jsonpath(property:model,...)
            ${bodyAs(String).substring(1,2,3)} ^ which fails: ${bodyAs(String).substring(1,2,3)} has arguments that fit no method of a text
            ${bodyAs(String).charAt('x')} ^ which fails: ${bodyAs(String).charAt('x')} needs a number as argument
            ${bodyAs(java.lang.String).repeat(x)} ${bean:quota} ^ needs a number as argument
            ${mandatoryBodyAs(String).toUpperCase(1)} ^ has an argument of a wrong type
            ${bodyAs(String).trim().indexOf('a','b','c','d')} ^ has arguments that fit no method of a text
            ${iif(${header.x} == 1,${bodyAs(String).charAt(x)},b)} ^ needs a number as argument
            """)
    void shouldRefuseAnArgumentThatIsWrongAsItIsWritten(String expression, String expected) {
        assertThat(problems(expression)).singleElement().asString().startsWith("rules.yaml:6:").contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '~', textBlock = """
            ${uppercase(${header.x})} == 'A'                ^ uses function "uppercase"
            ${header.x} == '${uppercase(${header.x})}'      ^ uses function "uppercase"
            ${header.x} == 'q' && ${exchangeId} regex '['   ^ which fails: the regular expression is wrong
            ${header.x} == 'q' && ${header.y} range '1..a'  ^ which fails: range operator is not valid
            ${header.a} range '1..${header.b}' && ${header.y} range '1..a'  ^ which fails: range operator is not valid
            ${bean:quota} == 'q' || ${header.y} is 'Nope'   ^ which fails: is operator cannot find class with name: Nope
            """)
    void shouldRefuseAConditionThatTheExampleDoesNotReach(String condition, String expected) {
        assertThat(ofCondition(condition)).singleElement().asString().startsWith("rules.yaml:7:").contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${iif(${header.x} == '3','yes','no')}", "${iif(${header.a.contains('x')},${bodyAs(String)},b)}", "${iif(${header.x} == null,none,${header.x})}", "${iif(${header.x} > ${header.y},a,b)}",
        "${iif(${header.x} range '1..5',a,b)}", "${iif(${body} contains 'a',true,false)}", "${iif(${header.x} in ${header.y},a,b)}", "${iif(${header.x} regex ${header.y},a,b)}",
        "${hash(${header.x})}", "${hash(${header.x},SHA-1)}", "${hash(${header.x},MD5)}", "${hash(${header.x},sha-512)}",
        "${hash(${header.x},${header.a})}", "${random(${header.x})}", "${random(1,${header.x})}", "${substring(1)}", "${substring(-1)}", "${substring('1')}", "${substring(1,2,${header.x})}",
        "${substring(${header.x})}", "${substring(1,${header.x},${body})}", "${replace(a,b)}", "${replace('a','b',${header.x})}", "${replace('[','(',${header.x})}", "${skip(1)}", "${collate(2)}",
        "${join()}", "${join(a,b,${header.x})}", "${join('&','p=',${header.x})}", "${map(a,${header.x})}", "${list(a,${header.x})}", "${list()}", "${pretty(${body})}", "${empty(map)}",
        "${uuid(short)}", "${messageHistory}", "${jq(property:model,.a)}", "${bodyAs(String).length(1)}", "${bodyAs(String).contains(1)}",
        "${bodyAs(String).contains('a','b')}", "${bodyAs(String).repeat(2)}", "${bodyAs(String).isEmpty('x')}", "${bodyAs(String).substring(${header.n})}", "${header.x.substring('b')}", "${jq(.model)}", "${jq('.model')}", "${jq(header:j,.a)}", "${jq(.model | test(\"a\"))}", "${jsonpath($.model)}", "${jsonpath(header:j,$.a)}",
        "${jsonpath($.messages[?(@.role == 'user')].content)}", "${jsonpath($.nope)}", "${exchangeProperty.rule.${header.a}}",
        "${bean:quota}", "${bean:mine.format(${body})}", "${bean:mine.format(${header.a}, 'b,c')}", "${uuid(mine)}", "${properties:a:${header.b}}", "${properties:a:${nope(${b})}}",
        "${header.a.replace('x', ${header.b})}", "${bodyAs(String).replace('x', ${header.b})}", "${headerAs(x,Integer)}",
        "${date:now-3h:yyyy}", "${date:header.x:yyyy} ${exchangeId}", "{\"a\": \"${header.x}\"}", "{\"a\": {\"b\": \"${iif(${header.x},a,b)}\"}}", "a } b ${header.x} -- c",
        "${header.x}\\n${header.y}", "uppercase(${header.x})", "'${header.x}' \"${header.y}\"", "${file:name}", "${exception.message}", "${attachments.size}", "${originalBody}"})
    void shouldLeaveWhatMayWork(String expression) {
        rules.withBean("mine", new java.util.Formatter());
        String text = CheckedRules.before("- setProperty: { name: rule.a, constant: a }\n- setProperty: { name: first, simple: '" + expression.replace("'", "''") + "' }");

        assertThat(rules.problems(text).stream().filter(problem -> !problem.contains("mine"))).isEmpty();
        assertThat(rules.problems(text).stream().filter(problem -> !problem.contains("mine"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${header.x} range '1..5' && ${header.y} == 'a'", "${header.a} == 'x && y' || ${header.b} == \"it's\"", "${header.a} in ${header.b} && ${header.c} == 'a'",
        "${header.a} regex ${header.b} || ${header.c}",
        "${header.a} is 'String' && ${header.b} != null", "${header.n}++ > 4 && ${header.a}", "${hash(${header.x})} == 'a' && ${random(10)} < 5", "${header.a} =~ '${header.b}'",
        "${header.n} range '1..${header.b}'", "${header.n} range '${header.a}..${header.b}' && ${header.c}",
        "${substring(500)} == 'a'", "${jq(.user)} == 'a' || ${jsonpath($.nope)} == 'b'", "${exchangeProperty.model.startsWith('gpt')} && ${bean:quota} == 'a'"})
    void shouldLeaveAConditionThatMayWork(String condition) {
        assertThat(ofCondition(condition)).isEmpty();
    }

    @Test
    void shouldLeaveABeanThatTheRulesDeclare() {
        String beans = "- beans:\n    - { name: clock, type: java.util.Date }\n";

        assertThat(rules.problems(beans + CheckedRules.before("- setProperty: { name: first, simple: '${bean:clock.after(${header.x})}' }"))).isEmpty();
    }
}
