package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that send, and come to an end, although they look like a mistake: a check refuses only what fails for certain. */
class UnusualCallsTest {

    private static final String ROUTES = """
            - route: { id: a, from: { uri: "direct:a", steps: [ { log: a } ] } }
            - route: { id: b, from: { uri: "direct:b", steps: [ { log: b } ] } }
            """;

    private static String problems(String steps, String entries) {
        String rule = CheckedRules.before(steps);
        return String.join("\n", new CheckedRules("""
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "http://east", tags: [canary] }
                  - { name: west, provider_type: generic, api_key: k, api_base: "http://west", tags: [research] }
                  - { name: north, provider_type: generic, api_key: k, api_base: "http://north" }
                """).problems(rule.replace("        - stop: {}\n        - to: instance:east\n", "") + entries));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich: { constant: \"instance:*?tag=canary,research\", variableReceive: v }",
        "enrich: { constant: \"instance:*?exclude=canary,west\", variableReceive: v }",
        "enrich: { constant: \"http://localhost:1/a?ids=1,2\", variableReceive: v }",
        "pollEnrich: { constant: \"file:/tmp/none?include=a,b\", timeout: \"10\", variableReceive: v }",
        "recipientList: { constant: \"direct:a;direct:b\", delimiter: \";\" }", "recipientList: { constant: \"direct:a,direct:b\" }",
        "recipientList: { constant: \"http://localhost:1/a?ids=1,2\", delimiter: \"false\" }",
        "recipientList: { expression: { constant: \"direct:a;direct:b\" }, delimiter: \";\" }",
        "routingSlip: { constant: \"direct:a;direct:b\", uriDelimiter: \";\" }",
        "dynamicRouter: { simple: \"direct:a;direct:b\", uriDelimiter: \";\" }", "dynamicRouter: { simple: \"direct:${header.x}\" }"})
    void shouldReadAListAsItsStepDoes(String step) {
        assertThat(problems("- " + step, ROUTES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipientList: { constant: \"direct:a,direct:c\" }", "routingSlip: { constant: \"direct:c;direct:b\", uriDelimiter: \";\" }",
        "enrich: { constant: \"direct:c\" }", "dynamicRouter: { simple: \"direct:a,direct:c\" }"})
    void shouldRefuseAWrongEndpointOfAList(String step) {
        assertThat(problems("- " + step, ROUTES)).contains("sends to \"direct:c\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll: { uri: \"seda:tokens\", timeout: \"10\", variableReceive: v }",
        "pollEnrich: { constant: \"seda:tokens\", timeout: \"10\", variableReceive: v }"})
    void shouldAcceptAQueueThatARulePolls(String poll) {
        assertThat(problems("- wireTap: { uri: \"seda:tokens\" }\n- " + poll, "")).isEmpty();
        assertThat(problems("- wireTap: { uri: \"seda:tokns\" }\n- " + poll, "")).contains("sends to \"seda:tokns\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "exclude"})
    void shouldLeaveTheParameterOfATemplateToItsRoutes(String key) {
        String template = """
                - routeTemplate:
                    id: tagged
                    parameters: [ { name: id }, { name: tag } ]
                    from:
                      uri: "direct:{{id}}"
                      steps: [ { to: { uri: "instance:*", parameters: { %s: "{{tag}}" } } } ]
                - templatedRoute: { routeTemplateRef: tagged, parameters: [ { name: id, value: c }, { name: tag, value: %s } ] }
                """;
        assertThat(problems("- log: a", template.formatted(key, "canary"))).isEmpty();
        assertThat(problems("- log: a", template.formatted(key, "canery"))).contains("\"canery\" which is not configured").doesNotContain("{{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: { uri: \"instance:west\", variableSend: original }",
        "loadBalance: { failoverLoadBalancer: {}, steps: [ { to: { uri: \"instance:west\", variableSend: original } } ] }"})
    void shouldAcceptASecondInstanceThatIsSentAVariable(String second) {
        assertThat(problems("- setVariable: { name: original, simple: \"${body}\" }\n- to: { uri: \"instance:east\", variableReceive: first }\n- " + second, ""))
                .contains("never runs");
        assertThat(problems("- setVariable: { name: original, simple: \"${body}\" }\n- choice: { when: [ { simple: \"${header.a} == 'b'\", steps: "
                + "[ { to: \"instance:east\" }, { " + second + " }, { stop: {} } ] } ] }", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter: { simple: \"${exchangeProperty.round} == 'two'\", steps: [ { to: \"instance:west\" }, { stop: {} } ] }",
        "choice: { when: [ { simple: \"${header.x} == 'a'\", steps: [ { to: \"reject:403\" } ] } ] }",
        "filter: { simple: \"${header.x} == 'a'\", steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: a } } ] }",
        "validate: { simple: \"${exchangeProperty.round} != 'two'\" }", "to: direct:last", "process: { ref: quota }"})
    void shouldAcceptACallAfterAStepThatMayEndTheRule(String before) {
        assertThat(problems("- " + before + "\n- setProperty: { name: round, constant: two }\n- to: direct:routing\n- stop: {}", """
                - route:
                    id: last
                    from: { uri: "direct:last", steps: [ { filter: { simple: "${header.a} == 'b'", steps: [ { stop: {} } ] } } ] }
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- log: a\n- to: direct:routing\n- validate: { simple: \"${header.a} == 'b'\" }", "- to: direct:a\n- to: direct:routing"})
    void shouldRefuseACallThatNothingEnds(String steps) {
        assertThat(problems(steps, ROUTES)).contains("no request would come to an end");
    }

    @Test
    void shouldAcceptACopyOnACondition() {
        String copy = """
                - route:
                    id: shadow
                    from:
                      uri: direct:shadow
                      steps: [ { setProperty: { name: shadow, constant: "yes" } }, { to: direct:routing } ]
                """;
        assertThat(problems("- filter: { simple: \"${exchangeProperty.shadow} == null\", steps: [ { wireTap: { uri: direct:shadow } } ] }", copy)).isEmpty();
        assertThat(problems("- wireTap: { uri: direct:shadow }", copy)).contains("copied without end");
    }
}
