package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Regular expressions in {@code jq}, which compiles them when a request reaches them. */
class JqPatternsTest {

    private static List<String> problems(String expression) {
        return new CheckedRules().problems(CheckedRules.before("- setProperty: { name: first, jq: '" + expression + "' }"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            .model | test("[")                                          ^ "[": premature end of char-class
            .metadata.team | test("[")                                  ^ "[": premature end of char-class
            .model | test( "a"; "q" )                                   ^ "a": q is not a valid modifier string
            .model | match("(")                                         ^ "(": end pattern with unmatched parenthesis
            .model | capture("(?<a")                                    ^ "(?<a": invalid group name
            .model | sub("["; "x")                                      ^ "[": premature end of char-class
            [.messages[].content | strings | gsub("(?<x>a"; "b")]       ^ "(?<x>a": end pattern with unmatched parenthesis
            .model | split("["; null)                                   ^ "[": premature end of char-class
            [.model | splits("[")]                                      ^ "[": premature end of char-class
            [.model | scan("*")]                                        ^ "*": target of repeat operator is not specified
            try (.model | test("[")) catch false                        ^ "[": premature end of char-class
            [range(3)] | map(tostring) | map(test("["))                 ^ "[": premature end of char-class
            """)
    void shouldRefuseAWrongRegularExpression(String expression, String expected) {
        assertThat(problems(expression)).singleElement().asString().startsWith("rules.yaml:6:").contains("which fails: the regular expression is wrong: " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
            .model | @nope      ^ uses function "@nope" which jq does not have
            input               ^ uses function "input" which jq does not have
            .model | test       ^ uses function "test" which jq does not have with these arguments in ".model | test"
            """)
    void shouldRefuseWhatJqDoesNotHave(String expression, String expected) {
        assertThat(problems(expression)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {".model | test(\"\\\\d+\")", ".model | test(\"(?i)GPT\")", ".model | test(\"gpt\"; \"ix\")", ".model | test(\"a\"; null)", ".model | split(\"[\")",
        ".model | ltrimstr(\"[\")", "\"test(\\\"[\\\")\"", ".model | test(\"^\\(.user)[\")", ".model | test(.user)", "# test(\"[\")\n.model", "def test($a): $a == \"[\"; test(\"[\")",
        ".model | contains(\"[\")", ".model | startswith(\"(\")", ".model | sub(\"(?<a>o)\"; \"[\\(.a)\")", ".model | gsub(\"\\\\[\"; \"[\")", ".model | test(\"a{1\")", ".model | @base64"})
    void shouldLeaveWhatIsRight(String expression) {
        String text = CheckedRules.before("- setProperty:\n    name: first\n    jq: |-\n" + expression.indent(6));

        assertThat(new CheckedRules().problems(text)).isEmpty();
    }
}
