package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of steps that Camel refuses only when it builds the route, or with the first request. */
class ValueMistakesTest {

    private final CheckedRules rules = new CheckedRules();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            multicast: { timeout: abc, steps: [ { log: a } ] }                             | 6:33 | has 'timeout' "abc" which must be a duration
            split: { simple: "${body}", timeout: 5x, steps: [ { log: a } ] }               | 6:48 | has 'timeout' "5x" which must be a duration
            pollEnrich: { constant: "file:x", timeout: abc }                               | 6:54 | has 'timeout' "abc" which must be a duration
            poll: { uri: "file:x", timeout: abc }                                          | 6:43 | has 'timeout' "abc" which must be a duration
            resequence: { simple: a, streamConfig: { timeout: abc }, steps: [ { log: a } ] } | 6:61 | has 'timeout' "abc" which must be a duration
            threads: { keepAliveTime: 1.5 }                                                | 6:37 | has 'keepAliveTime' "1.5" which must be a whole number
            resequence: { simple: a, streamConfig: { capacity: 1.5 }, steps: [ { log: a } ] } | 6:62 | has 'capacity' "1.5" which must be a whole number
            loadBalance: { failoverLoadBalancer: { maximumFailoverAttempts: many }, steps: [ { log: a } ] } | 6:75 | has 'maximumFailoverAttempts' "many" which must be -1
            convertBodyTo: { type: String, charset: utf-9 }                                | 6:51 | has 'charset' "utf-9" which Java does not have; did you mean "UTF-8"?
            convertHeaderTo: { name: a, type: String, charset: "latin 1" }                 | 6:62 | has 'charset' "latin 1" which Java does not have
            convertBodyTo: Strng                                                           | 6:26 | names class "Strng" which is not on the class path; did you mean "java.lang.String"?
            convertHeaderTo: { name: a, type: Intger }                                     | 6:45 | names class "Intger" which is not on the class path; did you mean "java.lang.Integer"?
            convertVariableTo: { name: global:a, type: java.util.Mp }                      | 6:54 | names class "java.util.Mp" which is not on the class path
            setBody: { simple: { expression: a, resultType: Strng } }                      | 6:59 | names class "Strng" which is not on the class path
            unmarshal: { json: { unmarshalType: com.acme.Foo } }                           | 6:47 | names class "com.acme.Foo" which is not on the class path
            setBody: { csimple: "${body}" }                                                | 6:31 | uses language "csimple" whose compiler the gateway does not have; a jar with it may be put into 'ext'; did you mean "simple"?
            filter: { language: { language: csimple, expression: "${body}" }, steps: [ { log: a } ] } | 6:64 | uses language "csimple" whose compiler
            """)
    void shouldNameTheValue(String step, String at, String expected) {
        assertThat(rules.problems(CheckedRules.before("- " + step))).singleElement().asString().startsWith("rules.yaml:" + at + ": route 'routing' " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast: { timeout: 5s, steps: [ { log: a } ] }", "multicast: { timeout: \"{{none:5s}}\", steps: [ { log: a } ] }", "split: { simple: \"${body}\", timeout: 1m30s, steps: [ { log: a } ] }",
        "convertBodyTo: byte[]", "convertBodyTo: { type: java.lang.String, charset: iso-8859-1 }", "convertBodyTo: { type: String, charset: \"{{none:UTF-8}}\" }",
        "convertHeaderTo: { name: a, type: Integer }", "setBody: { jq: { expression: .a, resultType: int } }", "unmarshal: { json: { unmarshalType: java.util.Map } }",
        "threads: { keepAliveTime: 5 }", "loadBalance: { failoverLoadBalancer: { maximumFailoverAttempts: 3 }, steps: [ { to: instance:east } ] }\n- setBody: { constant: a }"})
    void shouldAcceptTheValue(String step) {
        assertThat(rules.problems(CheckedRules.before("- " + step))).isEmpty();
    }
}
