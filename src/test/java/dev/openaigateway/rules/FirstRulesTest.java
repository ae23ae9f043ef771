package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Mistakes of those who write their first rules, which would show with requests only: as failures, or as a condition that is always the same. */
class FirstRulesTest {

    private static String problems(String step) {
        return String.join("\n", new CheckedRules().problems(CheckedRules.before("- " + step.replace(" ;; ", "\n- "))));
    }

    private static String filter(String condition) {
        return "filter: { " + condition + ", steps: [ { to: \"instance:west\" } ] }";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            simple: "${body.contains('a')}"                     ^ before an instance the body is bytes; write ${bodyAs(String).contains('a')}
            groovy: "body.contains('abc')"                      ^ before an instance the body is bytes; write request.getBody(String)
            groovy: "exchange.message.body =~ /a/"              ^ before an instance the body is bytes
            groovy: "headers['x-a'] = 'a'"                      ^ which assigns with '='; compare with '=='
            simple: "${header.a} contains 'a' || 'b'"           ^ in which 'b' is compared with nothing, and is true for every request
            jq: ".user"                                         ^ which is a text, and so never true: compare it
            jq: ".messages | length"                            ^ which is a number, and so never true
            jq: '[.messages[] | select(.role=="system")]'       ^ which is a list, and so never true
            jq: 'exchangeProperty("a") == "b"'                  ^ uses function "exchangeProperty" which jq does not have in "exchangeProperty("a") == "b""; did you mean "property"?
            groovy: "request.getBody().find('ab') != null"      ^ before an instance the body is bytes
            jq: '.model == "gpt-4o", .user == "b"'              ^ which gives several values, and is true for every request: write one, with 'and' or 'or'
            jq: '.stream == "true"'                             ^ which compares a text with a value that is not one: leave the quotes out
            jq: '.max_tokens > "100"'                           ^ which compares a text with a value that is not one
            simple: "${bodyAs(String).contans('a')}"            ^ which fails: a text has no method 'contans'
            simple: "${exchangeproperty.model} == 'a'"          ^ did you mean "exchangeProperty"?
            simple: "${exchangeProperty.prompt} > 100"          ^ asks for exchange property "prompt"
            jq: ".metadata"                                     ^ which is an object, and so never true
            """)
    void shouldRefuseTheCondition(String condition, String expected) {
        assertThat(problems(filter(condition))).startsWith("rules.yaml:6:").contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setBody: { simple: "${body.replaceAll('a', 'b')}" }                        | before an instance the body is bytes
            setBody: { groovy: "body.replaceAll('a', 'b')" }                           | before an instance the body is bytes
            throwException: { exceptionType: java.io.IOException, message: "${heder.a}" } | uses function "heder" which simple does not have
            to: "instance:*?TAG=east"                                                  | did you mean "tag"?
            setProperty: { name: Model, constant: gpt-4o }                             | which nothing reads
            """)
    void shouldRefuseTheStep(String step, String expected) {
        assertThat(problems(step)).startsWith("rules.yaml:6:").contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple: \"${body} contains 'a'\"", "simple: \"${bodyAs(String).contains('a')}\"", "simple: \"${body.length} > 5\"",
        "groovy: \"request.getBody(String).contains('a')\"", "groovy: \"def body = request.getBody(String); body.contains('a')\"",
        "groovy: \"headers['x-a'] == 'a'\"", "groovy: \"def a = 'a'; a == 'b'\"", "simple: \"${header.a} contains 'a || b' && ${header.b} == 5\"",
        "jq: \".user != null\"", "jq: \".messages | length > 0\"", "jq: \".stream\"", "jq: 'any(.messages[]; .role==\"system\")'", "jq: \".metadata.flag\"", "jq: \".metadata.team\"", "jq: '.messages[] | select(.role == \"system\") | true'",
        "jq: '.stream == true or .stream == \"true\"'", "simple: \"${bodyAs(String).contains('a')} && ${header.a.nope}\"", "jq: '.messages[0].role == \"system\"'"})
    void shouldLeaveTheCondition(String condition) {
        assertThat(problems(filter(condition))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: \"direct:more\" ;; ", "convertBodyTo: { type: String } ;; ", "setBody: { simple: \"${body}\" } ;; ",
        "script: { groovy: \"exchange.message.body = 'a'\" } ;; ", "setProperty: { name: b, groovy: \"exchange.message.setBody('a')\" } ;; "})
    void shouldLeaveABodyThatAnEarlierStepMayHaveReplaced(String before) {
        assertThat(problems(before + filter("simple: \"${body.contains('a')}\""))).doesNotContain("bytes");
        assertThat(problems(before + filter("groovy: \"body.contains('a')\""))).doesNotContain("bytes");
    }
}
