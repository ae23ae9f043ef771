package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Members in Groovy scripts that the objects of Camel do not have. */
class GroovyMembersTest {

    private static List<String> warnings(String script) {
        CheckedRules rules = new CheckedRules();
        assertThat(rules.problems(CheckedRules.before("- setProperty:\n    name: first\n    groovy: |\n      " + script.replace("; ", "\n      ")))).isEmpty();
        return rules.warnings();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            request.headrs['x-team']                  | "request.headrs" which Camel's Message does not have; did you mean "headers"?
            exchange.mesage.body                      | "exchange.mesage" which Camel's Exchange does not have; did you mean "message"?
            exchange.message.headrs                   | "exchange.message.headrs" which Camel's Message does not have; did you mean "headers"?
            exchange.getMessage().getHeadr('a')       | "exchange.getMessage().getHeadr" which Camel's Message does not have; did you mean "getHeader"?
            request?.getBodi(String)                  | "request.getBodi" which Camel's Message does not have; did you mean "getBody"?
            exchange.setProprty('a', 1)               | "exchange.setProprty" which Camel's Exchange does not have; did you mean "setProperty"?
            def a = 1; if (a) { exchange.in.boddy }   | "exchange.in.boddy" which Camel's Message does not have; did you mean "body"?
            """)
    void shouldWarnOfAMemberThatIsMisspelt(String script, String expected) {
        assertThat(warnings(script)).singleElement().asString().startsWith("rules.yaml:8:").contains("has a script that asks for " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers.headrs + variables.mesage", "request.headers.headrs", "exchange.message.body", "exchange.in.getBody(String)", "exchange.getIn().setHeader('a', 1)",
        "def request = [headrs: 1]; request.headrs", "exchange.with { mesage }", "[1].each { request.headrs }", "exchange.properties.modell", "exchange.context.registry",
        "exchange.HTTP_RESPONSE_CODE", "exchange.dump()", "exchange.message.messageId", "request.body.length", "request.request", "request.headers.size()", "exchange.exchangeExtension", "exchange.isFailed() || exchange.failed"})
    void shouldNotWarnOfAMemberThatMayExist(String script) {
        assertThat(warnings(script)).isEmpty();
    }
}
