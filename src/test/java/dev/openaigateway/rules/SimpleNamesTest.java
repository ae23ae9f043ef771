package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names of classes, beans and members in {@code simple}, which Camel looks up with the first request. */
class SimpleNamesTest {

    private static String problems(String expression) {
        return String.join("\n", new CheckedRules().problems("""
                - beans:
                    - { name: mine, type: java.util.Date }
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - setProperty: { name: first, simple: "%s" }
                        - to: instance:east
                """.formatted(expression)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${bodyAs(Nope)}                       | which fails: there is no class Nope
            ${mandatoryBodyAs(com.bank.Nope)}     | which fails: there is no class com.bank.Nope
            ${headerAs(x-a,Nope)} of              | which fails: there is no class Nope
            ${variableAs(first,Nope)}             | which fails: there is no class Nope
            ${type:com.bank.Nope.LIMIT}           | which fails: there is no class com.bank.Nope.LIMIT
            ${hash(${body},SHA-NOPE)}             | which fails: SHA-NOPE MessageDigest not available
            ${ref:nope}                           | names bean "nope" which does not exist
            ${exchange.model}                     | which fails: exchange has no 'model'; write ${exchangeProperty.model}
            ${exchange.getNope()}                 | which fails: exchange has no 'getNope'
            ${camelContext.nope}                  | which fails: camelContext has no 'nope'
            """)
    void shouldRefuseNamesThatNothingHas(String expression, String expected) {
        assertThat(problems(expression)).startsWith("rules.yaml:8:").contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${bodyAs(String)}", "${headerAs(x-a,Integer)}", "${headerAs('x-a',java.lang.Long)}", "${type:java.lang.Integer.MAX_VALUE}",
        "${hash(${body},SHA-256)}", "${ref:mine}", "${exchange.exchangeId}", "${exchange.getExchangeId}", "${exchange.message.headers}", "${exchange.in.body}",
        "${camelContext.name}", "${camelContext.registry}", "${exchange.context.name}", "${exchange.properties}", "${exchange?.fromRouteId}", "${mandatoryBodyAs(String)}"})
    void shouldLeaveNamesThatAreThere(String expression) {
        assertThat(problems(expression)).isEmpty();
    }
}
