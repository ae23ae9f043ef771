package dev.openaigateway.rules;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the check refuses fails in Camel for each request, and what it accepts works for one. */
class AlwaysFailingFunctionsTest {

    private static final List<Object> BODIES = List.of("{\"a\": 1}", "12", "", "Hello, world! (1, 2, 3)", new byte[] {'1'}, 7L, 1.5, true, Map.of("1", 2), List.of(1, 2, 3), 'c');

    private final CheckedRules rules = new CheckedRules();
    private final CamelContext context = CheckedRules.context();

    private Object value(String text, Object body) {
        Expression expression = context.resolveLanguage("simple").createExpression(text);
        expression.init(context);
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader("x", "{\"a\": 1}");
        exchange.setProperty("x", "{\"a\": 1}");
        exchange.setVariable("x", "{\"a\": 1}");
        return expression.evaluate(exchange, Object.class);
    }

    private List<String> problems(String expression) {
        return rules.problems(CheckedRules.before("- setProperty: { name: x, constant: a }\n- setVariable: { name: x, constant: a }\n- setProperty: { name: first, simple: '" + expression.replace("'", "''") + "' }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${jq(exchangeProperty:x,.a)}", "${jsonpath(exchangeProperty:x,$.a)}", "${jq('exchangeProperty:x,.a')}", "${jq(variable:nope:x,.a)}",
        "${bodyAs(String).substring(1,2,3)}", "${bodyAs(String).substring(a)}", "${bodyAs(String).charAt('x')}", "${bodyAs(String).repeat(x)}", "${bodyAs(String).toUpperCase(1)}",
        "${bodyAs(String).indexOf('a','b','c')}", "${bodyAs(String).replace('a')}", "${bodyAs(String).split(',',a)}", "${bodyAs(String)?.charAt(a)}", "${mandatoryBodyAs(String).charAt(a)}",
        "${bodyAs(String).trim.charAt(a)}"})
    void shouldRefuseWhatAlwaysFails(String expression) {
        assertThat(problems(expression)).isNotEmpty().first().asString().contains("which fails: ");
        for (Object body : BODIES) {
            assertThatThrownBy(() -> value(expression, body)).as("%s", body).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"${jq(header:x,.a)}", "${jq('header:x,.a')}", "${jsonpath(\"header:x,$.a\")}", "${jq(property:x,.a)}", "${jq(variable:x,.a)}", "${jsonpath(property:x,$.a)}", "${bodyAs(String).length(1)}",
        "${bodyAs(String).contains(1)}", "${bodyAs(String).contains('a','b')}", "${bodyAs(String).repeat(2)}", "${bodyAs(String).isEmpty('x')}", "${bodyAs(String).startsWith(true)}",
        "${bodyAs(String).trim.length()}", "${bodyAs(String).compareTo('a')}", "${bodyAs(String).substring('1')}", "${header.x.length(1)}"})
    void shouldAcceptWhatWorks(String expression) {
        assertThat(problems(expression)).noneMatch(problem -> problem.contains("which fails: "));
        assertThat(value(expression, "{\"a\": 1}")).isNotNull();
    }

    /** Names of variables that Camel reads without a repository of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"${jq(variable:exchange:x,.a)}", "${jq(variable:header:x.x,.a)}", "${jq(variable:global:x,.a)}", "${jq(variable:route:a:x,.a)}"})
    void shouldAcceptRepositoriesOfCamel(String expression) {
        assertThat(problems(expression)).noneMatch(problem -> problem.contains("which fails: "));
    }
}
