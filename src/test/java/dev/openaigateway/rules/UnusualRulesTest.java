package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that work although they look like a mistake: a check refuses only what fails for certain. */
class UnusualRulesTest {

    private static String filter(String condition) {
        return "- filter: { " + condition + ", steps: [ { log: a } ] }";
    }

    private static String problems(String steps) {
        return String.join("\n", new CheckedRules().problems(CheckedRules.before(steps)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jq: { expression: \".user\", source: \"variable:q\" }", "jq: { expression: \".\", source: \"header:x-q\" }",
        "jq: { expression: \".user\", source: \"property:q\" }", "expression: { jq: { expression: \".user\", source: \"variable:q\" } }"})
    void shouldLeaveJqOfAnotherSource(String condition) {
        assertThat(problems("- setVariable: { name: q, constant: '{\"user\":true}' }\n" + filter(condition))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setBody: { constant: '{\"input\":true}' }", "to: \"http://localhost:1/a\"", "bean: { ref: quota, method: process }",
        "script: { groovy: \"exchange.message.body = 'a'\" }", "setHeader: { name: a, method: { ref: quota } }", "sort: { simple: \"${body}\" }",
        "setHeader: { name: a, simple: \"${bean:quota}\" }", "setHeader: { name: a, language: { language: groovy, expression: \"request.body = 'a'\" } }"})
    void shouldLeaveJqOfABodyThatMayBeAnotherOne(String before) {
        for (String member : new String[] {".input", ".user", ".metadata", ".max_tokens"}) {
            assertThat(problems("- " + before + "\n" + filter("jq: \"" + member + "\""))).doesNotContain("never true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            - loop:
                constant: 2
                steps:
                  - filter: { groovy: "body.contains('a')", steps: [ { log: a } ] }
                  - setBody: { constant: a }
            """, """
            - loop:
                constant: 2
                steps:
                  - filter: { jq: ".user", steps: [ { log: a } ] }
                  - setBody: { constant: '{"user":true}' }
            """})
    void shouldLeaveALoopThatReplacesTheBodyItself(String steps) {
        assertThat(problems(steps)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HttpMethod: PUT, throwexceptiononfailure: false", "BRIDGEENDPOINT: true"})
    void shouldTakeOptionsInAnyCase(String parameters) {
        assertThat(problems("- to: { uri: \"http://localhost:1/a\", parameters: { " + parameters + " } }")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Client", "Model", "STREAM", "clients", "Tool", "modelx"})
    void shouldTakePropertiesThatAScriptSetsOrReads(String name) {
        assertThat(problems("- script: { groovy: \"exchange.setProperty('" + name + "', 'mine')\" }\n- log: \"${exchangeProperty." + name + "}\"")).isEmpty();
        assertThat(problems("- setProperty: { name: " + name + ", constant: a }\n" + filter("groovy: \"exchangeProperties['" + name + "'] == 'a'\""))).isEmpty();
        assertThat(problems("- setProperty: { name: " + name + ", constant: a }\n" + filter("jq: 'property(\"" + name + "\") == \"a\"'"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers['x'] == 'body.find'", "'body.trim() is a text' == headers.x",
        "// body.contains fails: bytes\\nrequest.getBody(String).contains('Hello')", "/* body.contains('a') */ headers.x == 'a'",
        "body instanceof String ? body.contains('Hello') : new String(body).contains('Hello')", "body instanceof String && body.contains('a')",
        "if (body instanceof byte[]) { return new String(body).contains('a') }\\nbody.contains('a')", "body in String && body.contains('a')",
        "(body as String).contains('a')", "body.find { it == 65 } != null", "body.contains((byte) 65)", "body.split { it == 65 }.size() > 1",
        "body.class == String && body.contains('a')", "try { return body.startsWith('a') } catch (MissingMethodException e) { return false }",
        "def find = { body -> body.contains('a') }; find('a')", "String body = 'a'; body.trim() == 'a'", "body = 'abc'; body.contains('a')",
        "[a: 'b'].with { body = 'c'; body.contains('c') }", "headers.body.contains('a')", "def f(body) { body.trim() }\\nf('a') == 'a'"})
    void shouldLeaveGroovyThatAsksNoBytes(String script) {
        assertThat(problems(filter("groovy: \"" + script + "\""))).doesNotContain("bytes").doesNotContain("assigns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"def ok = false\\nok = headers['x-rule'] == 'asg'", "ok = headers['x-rule'] == 'asg'", "ok = headers.a || headers.b"})
    void shouldLeaveAssignmentsOfAResult(String script) {
        assertThat(problems(filter("groovy: \"" + script + "\""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'true' && ${header.a} == 'b'", "'{{on:false}}' || ${header.a} == 'b'", "${ref:absent} != null", "${ref:absent} == ${null}"})
    void shouldLeaveConditionsThatASettingDecides(String condition) {
        assertThat(problems(filter("simple: \"" + condition + "\""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            - setProperty: { name: team.id, constant: a }
            - log: "${exchangeProperty[team.id]} ${exchangeProperty.team.id}"
            """, """
            - setVariable: { name: team.id, constant: a }
            - filter: { simple: "${variable.team.id} == 'a' && ${variable[team.id]} == 'a'", steps: [ { log: a } ] }
            """, """
            - setVariable: { name: "route:routing:quota", constant: 5 }
            - log: "${variable.route:routing:quota} ${variable.global:greeting}"
            """, """
            - setVariable: { name: "global:calls", constant: 5 }
            - log: "${variable.global:calls}"
            """, """
            - setProperty: { name: "n-${header.a}", constant: b }
            - log: "${exchangeProperty.n-b}"
            """, """
            - setVariable: { name: "${header.a}", constant: b }
            - log: "${variable.b}"
            """, """
            - setVariables: { variables: [ { name: a, constant: b }, { name: c, simple: "${variable.a}" } ] }
            - choice:
                when:
                  - simple: "${variable.c} == 'b'"
                    steps:
                      - choice:
                          when:
                            - jq: ".stream"
                              steps: [ { setHeader: { name: x-s, constant: "1" } } ]
                          otherwise: { steps: [ { removeHeader: { name: x-s } } ] }
            """, """
            - claimCheck: { operation: Push }
            - setBody: { jq: { expression: ".messages[0].content", resultType: java.lang.String } }
            - filter: { groovy: "body.contains('a')", steps: [ { setProperty: { name: found, constant: "true" } } ] }
            - claimCheck: { operation: Pop }
            - filter: { exchangeProperty: found, steps: [ { to: "instance:west" }, { stop: {} } ] }
            """, """
            - toD: { uri: "http://localhost:{{port:8080}}/${header.a}", variableReceive: reply }
            - filter: { jq: { expression: ".allowed", source: "variable:reply" }, steps: [ { log: "${variable.reply}" } ] }
            """, """
            - doTry:
                steps:
                  - throwException: { exceptionType: java.lang.IllegalStateException, message: "${header.a}" }
                doCatch:
                  - exception: [ java.lang.IllegalStateException ]
                    onWhen: { simple: "${exception.message} contains 'a'" }
                    steps: [ { log: "${exception.class.simpleName}" } ]
                doFinally: { steps: [ { removeProperties: { pattern: "x*" } } ] }
            """, """
            - split:
                tokenize: { token: "," }
                steps: [ { log: "${body} ${exchangeProperty.CamelSplitIndex}" } ]
            """, """
            - setHeader:
                name: x-long
                groovy: |
                  // the first system message
                  def json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(request.getBody(String))
                  json.path('messages').find { it.path('role').asText() == 'system' }?.path('content')?.asText()
            """, """
            - setVariable: { name: n, simple: { expression: "${exchangeProperty.max_tokens}", resultType: int } }
            - filter: { simple: "${variable.n} > {{limit:100}}", steps: [ { log: "much" } ] }
            """, """
            - poll: { uri: "file:/tmp/none?fileName=a.txt&noop=true", timeout: 10 }
            - filter: { simple: "${body} != null", steps: [ { log: a } ] }
            """, """
            - step:
                id: prepare
                steps: [ { setProperty: { name: sticky_key, simple: "${header.x-user}" } } ]
            """, """
            - multicast:
                parallelProcessing: true
                steps: [ { log: a }, { log: b } ]
            """, """
            - loop:
                simple: "${header.n}"
                steps: [ { setHeader: { name: "x-${exchangeProperty.CamelLoopIndex}", constant: a } } ]
            """, """
            - delay: { simple: "${random(1,5)}" }
            - throttle: { constant: "{{rate:10}}", timePeriodMillis: 1000 }
            - validate: { simple: "${header.a} !contains 'b'" }
            """, """
            - removeHeaders: { pattern: "x-*", excludePattern: "x-keep" }
            - idempotentConsumer: { idempotentRepository: "#class:org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository", simple: "${header.id}", steps: [ { log: a } ] }
            """})
    void shouldAccept(String steps) {
        assertThat(problems(steps)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            - routeTemplate:
                id: guard
                parameters: [ { name: who }, { name: limit, defaultValue: "5" }, { name: note, required: false } ]
                from:
                  uri: "direct:{{who}}"
                  steps:
                    - filter: { simple: "${exchangeProperty.prompt_tokens} > {{limit}}", steps: [ { log: "{{who}} {{?note}}" } ] }
            - templatedRoute:
                routeTemplateRef: guard
                parameters: [ { name: who, value: guarded } ]
            """, """
            - beans:
                - { name: counts, type: java.util.concurrent.ConcurrentHashMap }
            - route:
                id: counting
                from:
                  uri: direct:counting
                  steps:
                    - setVariable: { name: n, method: { ref: counts, method: size } }
                    - setHeader: { name: x-n, simple: "${bean:counts?method=size} ${ref:counts} ${variable.n}" }
            """})
    void shouldAcceptBesideTheRoute(String entries) {
        assertThat(new CheckedRules().problems(CheckedRules.before("- log: a") + entries)).isEmpty();
    }
}
