package dev.openaigateway.rules;

import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names, functions and members that exist although they look like a mistake: a check refuses only what fails for certain. */
class UnusualNamesTest {

    private static String problems(String steps) {
        return problems(steps, "");
    }

    private static String problems(String steps, String entries) {
        return String.join("\n", new CheckedRules().withProperty("team.property", "team").problems(CheckedRules.before(steps) + entries));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            - setVariable: { name: n, simple: "${exchangeProperty.max_tokens}" }
            - convertVariableTo: { name: n, toName: number, type: int }
            - filter: { simple: "${variable.number} > 5", steps: [ { log: a } ] }
            """, """
            - filter: { statusPropertyName: matched, simple: "${header.a} == 'b'", steps: [ { log: a } ] }
            - log: "${exchangeProperty.matched}"
            """, """
            - setProperty: { name: "{{team.property}}", constant: a }
            - log: "${exchangeProperty.{{team.property}}} ${exchangeProperty.team}"
            """, """
            - setVariable: { name: "{{team.property:x}}", constant: a }
            - log: "${variable.{{team.property:x}}}"
            """})
    void shouldKnowWhatAStepSets(String steps) {
        assertThat(problems(steps)).isEmpty();
    }

    @Test
    void shouldTakeAnyNameBesideATemplateThatSetsOneOfItsParameters() {
        assertThat(problems("- to: direct:a\n- log: \"${exchangeProperty.verdict} ${variable.reason}\"", """
                - routeTemplate:
                    id: judge
                    parameters: [ { name: id }, { name: p }, { name: v } ]
                    from:
                      uri: "direct:{{id}}"
                      steps: [ { setProperty: { name: "{{p}}", constant: a } }, { setVariable: { name: "{{v}}", constant: a } } ]
                - templatedRoute:
                    routeTemplateRef: judge
                    parameters: [ { name: id, value: a }, { name: p, value: verdict }, { name: v, value: reason } ]
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast: { aggregationStrategy: \"#bean:merge\", steps: [ { to: direct:a } ] }", "wireTap: { uri: direct:a, onPrepare: quota }",
        "recipientList: { constant: \"bean:quota\" }", "enrich: { constant: \"direct:a\", aggregationStrategy: quota }",
        "loadBalance: { customLoadBalancer: { ref: quota }, steps: [ { log: a } ] }"})
    void shouldTakeAnyNameBesideCodeThatMaySetIt(String step) {
        String entries = """
                - route: { id: a, from: { uri: "direct:a", steps: [ { log: a } ] } }
                - beans:
                    - name: merge
                      type: org.apache.camel.AggregationStrategy
                      scriptLanguage: groovy
                      script: "{ o, n -> n.setProperty('verdict', 'no'); n } as org.apache.camel.AggregationStrategy"
                """;
        String both = entries.substring(0, step.contains("merge") ? entries.length() : entries.indexOf("- beans"));
        assertThat(problems("- " + step + "\n- log: \"${exchangeProperty.verdict}\"", both)).doesNotContain("which no step sets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${hostname}", "${properties:limit.${header.team}}", "${properties:limit.${header.team}:5}",
        "${date-with-timezone:now:${header.tz}:yyyy}", "${date:header.xdate:yyyy}", "${date:exchangeProperty.started:yyyy}", "${date:variable.started:yyyy}",
        "${date-with-timezone:header.xdate:UTC:yyyy}"})
    void shouldTakeFunctionsThatNeedTheRequest(String function) {
        assertThat(problems("""
                - setProperty: { name: started, simple: "${date:now}" }
                - setVariable: { name: started, simple: "${date:now}" }
                - setHeader: { name: x-d, simple: "%s" }
                """.formatted(function))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"is ${variable.type}", "range ${variable.type}", "regex ${variable.type}", "in ${variable.type}"})
    void shouldTakeAnOperandThatTheRequestHas(String comparison) {
        assertThat(problems("- setVariable: { name: type, constant: java.lang.String }\n- filter: { simple: \"${header.x} " + comparison
                + "\", steps: [ { log: a } ] }")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ simple: \"${date:nwo:yyyy}\" }", "{ simple: \"${header.x} at ${date:nwo:yyyy}\" }", "{ simple: \"${hostName}\" }",
        "{ simple: \"${exchangeProprety.a}\" }"})
    void shouldRefuseAFunctionThatDoesNotExist(String value) {
        assertThat(problems("- setHeader: { name: a, expression: " + value + " }")).isNotEmpty().doesNotContain(".NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast: { aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy\", steps: [ { log: a } ] }",
        "recipientList: { constant: \"direct:routes\" }", "to: \"http://localhost:1/a\"", "sort: { simple: \"${body}\" }"})
    void shouldTakeMembersOfABodyThatIsNoRequest(String step) {
        assertThat(problems("- wireTap: { uri: direct:audit }", """
                - route: { id: audit, from: { uri: "direct:audit", steps: [ { %s }, { log: "${body[0][n]} ${body.size} ${body[0]}" } ] } }
                - route: { id: routes, from: { uri: "direct:routes", steps: [ { log: a } ] } }
                """.formatted(step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean: { ref: made, method: \"allow(${header.a})\" }", "process: { ref: made }",
        "loadBalance: { customLoadBalancer: { ref: made }, steps: [ { log: a } ] }", "setHeader: { name: a, method: { ref: made, method: allow } }"})
    void shouldTakeABeanForWhatMakesIt(String step) {
        for (String maker : new String[] {"type: java.lang.Object, script: \"new Quota()\"", "type: java.util.concurrent.Executors, factoryMethod: newCachedThreadPool",
            "type: java.lang.Object, factoryBean: quota, factoryMethod: toString"}) {
            assertThat(problems("- " + step, "- beans: [ { name: made, " + maker + " } ]")).doesNotContain("does not have").doesNotContain("and not a");
        }
    }

    @Test
    void shouldNotKnowTheBodyInRulesBehindAnotherGatewayRoute() {
        String rules = CheckedRules.before("- filter: { simple: \"${body.contains('hi')}\", steps: [ { log: a } ] }");
        RouteDefinition shipped = new RouteDefinition("direct:gateway").process("read").to("direct:routing");
        RouteDefinition other = new RouteDefinition("direct:gateway").process("read").convertBodyTo(String.class).to("direct:routing");
        assertThat(new CheckedRules().beside(shipped).problems(rules)).anySatisfy(problem -> assertThat(problem).contains("bytes"));
        assertThat(new CheckedRules().beside(other).problems(rules)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter: { simple: \"${exchangeProperty.stream} == 'TRUE'\", steps: [ { log: a } ] }", "to: { uri: \"instance:west\", disabled: True }",
        "setHeader: { name: x, groovy: \"def n = 0; for (body in ['abc']) { if (body.startsWith('a')) n++ }; n\" }",
        "setHeader: { name: x, groovy: \"switch (body) { case String: return body.contains('abc'); default: return false }\" }"})
    void shouldAcceptOtherSpellings(String step) {
        assertThat(problems("- " + step)).isEmpty();
    }
}
