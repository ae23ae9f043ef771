package dev.openaigateway.rules;

import groovy.lang.GroovyShell;
import org.apache.camel.Exchange;
import org.apache.camel.language.groovy.GroovyShellFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names in Groovy scripts that are neither classes nor variables. */
class GroovyNamesTest {

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - setProperty:
                        name: first
                        groovy: |
                          %s
                    - to: instance:east
            """;

    private static String problems(String script) {
        return String.join("\n", new CheckedRules().problems(RULES.formatted(script.replace("; ", "\n              "))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Nope.run()                                       | line 1, column 1: unknown class Nope; import it or write its package
            Instant.now().toString()                         | line 1, column 1: unknown class Instant; import it or write its package
            Nope.LIMIT > 3                                   | unknown class Nope
            com.bank.Nope.run(1)                             | line 1, column 1: unknown class com.bank.Nope
            com.bank.Nope.LIMIT                              | line 1, column 1: unknown class com.bank.Nope
            [1, 2].collect { Nope.run(it) }                  | unknown class Nope
            [1, 2].collect { com.bank.Nope.run(it) }         | unknown class com.bank.Nope
            def a = 1; nope + a                              | line 2, column 1: unknown variable nope
            model == 'gpt-4o'                                | unknown variable model
            "${heders['x-team']}"                            | unknown variable heders; did you mean "headers"?
            Team                                             | unknown class Team
            context.registry                                 | unknown variable context
            def f() { nope }; f()                            | unknown variable nope
            """)
    void shouldRefuseNamesThatNothingHas(String script, String expected) {
        assertThat(problems(script)).startsWith("rules.yaml:8:").contains("has a script that is not valid groovy: line ", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body + header + headers + variable + variables + exception + request + exchange + exchangeProperty + exchangeProperties",
        "camelContext.registry", "log.info('a')", "attachments.size()", "java.time.Instant.now()", "Math.max(1, 2) + Integer.MAX_VALUE", "Map.of()",
        "import java.time.Instant; Instant.now()", "a = 1; b = a + 1; b", "(a, b) = [1, 2]; a + b", "def a = 1; [1].each { a += it }; a",
        "[a: 1].with { a }", "[Team: 'x'].with { Team.length() }", "[1].collect { it + 1 }", "[1].each { delegate.toString() }", "binding.setVariable('a', 1); a",
        "class Nope { static run() { 1 } }; Nope.run()", "enum Tier { LOW, HIGH }; Tier.LOW.name()", "def f(x) { x + 1 }; f(1)", "headers.Team.size()",
        "request.headers.each { k, v -> log.info(k) }", "try { 1 } catch (IllegalStateException e) { e.message }", "for (x in [1]) { x }",
        "new java.text.SimpleDateFormat('HH').format(new Date())", "com.fasterxml.jackson.databind.ObjectMapper.name", "this.binding", "{ -> body }()",
        "def s = { x -> x }; s(1)", "static f() { 1 }; f()", "exchange.message.with { headers }", "String.valueOf(1)", "headers.x?.length() ?: 0",
        "import static java.lang.Math.max; max(1, 2)", "interface Price { int of(String m) }; 1", "abstract class A { abstract int f() }; 1",
        "List<String> l = []; l << 'a'; l"})
    void shouldLeaveNamesThatMayBeThere(String script) {
        assertThat(problems(script)).isEmpty();
    }

    @Test
    void shouldLeaveVariablesOfAShellFactory() {
        assertThat(new CheckedRules().problems("""
                - beans:
                    - { name: shell, type: "%s" }
                """.formatted(Shell.class.getName()) + RULES.formatted("nope"))).isEmpty();
    }

    /** As a jar in {@code ext} may have one. */
    public static final class Shell implements GroovyShellFactory {

        @Override
        public GroovyShell createGroovyShell(Exchange exchange) {
            return new GroovyShell();
        }
    }
}
