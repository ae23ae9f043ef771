package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Where routes of rules lead to. The step of the route {@code routing} is line 6, that of {@code helper} line 11. */
class CallCheckTest {

    private static final String CONDITION = "choice: { when: [ { simple: \"${header.x} == 'y'\", steps: [ { %s } ] } ] }";

    private final CheckedRules rules = new CheckedRules();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            to: direct:routing | to: instance:* | 6:15: route 'routing' sends to "direct:routing" which leads back here, so no request would come to an end
            to: direct:helper | to: direct:routing | 6:15: route 'routing' sends to "direct:helper" which leads back here, so no request would come to an end
            wireTap: { uri: "direct:helper" } | to: direct:routing | 6:27: route 'routing' sends to "direct:helper" which leads back here, so one request would be copied without end
            to: direct:gateway | to: instance:* | 6:15: route 'routing' sends to "direct:gateway" which takes requests from clients only
            circuitBreaker: { steps: [ { to: direct:helper } ] } | to: instance:* | 6:44: route 'routing' sends to "direct:helper" which leads to an instance, and each instance has a breaker of its own; instead of circuitBreaker use loadBalance with customLoadBalancer and a policy such as 'failover'
            resequence: { simple: "${header.a}", steps: [ { to: instance:east } ] } | to: instance:* | 6:63: route 'routing' sends to "instance:east" which leads to an instance, but 'aggregate' and 'resequence' collect requests and send them on apart from those of the clients, which get no response; put the step into a route that 'wireTap' calls
            to: direct:helper | aggregate: { aggregationStrategy: quota, completionSize: 2, correlationExpression: { simple: "${header.a}" }, steps: [ { to: instance:east } ] } | 11:143: route 'helper' sends to "instance:east" which leads to an instance, but 'aggregate' and 'resequence' collect requests and send them on apart from those of the clients, which get no response; put the step into a route that 'wireTap' calls
            to: "instance:*?exclude=east,west" | to: instance:* | 6:15: route 'routing' uses endpoint "instance:*?exclude=east,west" which selects none of the configured instances
            """)
    void shouldRefuse(String routing, String helper, String problem) {
        assertThat(rules.problems(files(routing, helper))).containsExactly("rules.yaml:" + problem);
    }

    @Test
    void shouldLetARuleCallItselfOnACondition() {
        assertThat(rules.problems(files("to: direct:helper", CONDITION.formatted("to: direct:routing")))).isEmpty();
        assertThat(rules.problems(files(CONDITION.formatted("to: direct:routing"), "to: instance:*"))).isEmpty();
    }

    @Test
    void shouldLetACircuitBreakerHoldOtherServices() {
        assertThat(rules.problems(files("circuitBreaker: { steps: [ { to: direct:helper } ] }", "to: http://quota"))).isEmpty();
    }

    @Test
    void shouldLetCopiesBeCollected() {
        assertThat(rules.problems(files("wireTap: { uri: \"direct:helper\" }\n        - to: instance:*",
                "resequence: { simple: \"${header.a}\", steps: [ { to: instance:east } ] }"))).isEmpty();
        assertThat(rules.problems(files("resequence: { simple: \"${header.a}\", steps: [ { to: direct:helper } ] }", "to: http://audit"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"intercept: { steps: [ { to: \"direct:helper\" } ] }", "interceptFrom: { steps: [ { wireTap: { uri: \"direct:helper\" } } ] }",
        "onException: { exception: [ java.lang.Exception ], steps: [ { wireTap: { uri: \"direct:helper\" } } ] }",
        "onCompletion: { steps: [ { to: \"direct:helper\" } ] }"})
    void shouldNotTakeAnEntryForAStepOfTheFileBefore(String entry) {
        assertThat(rules.problemsTogether(files("to: direct:helper", "to: instance:*"),
                "- " + entry + "\n- route: { id: other, from: { uri: \"direct:other\", steps: [ { to: \"instance:*\" } ] } }\n")).isEmpty();
    }

    /** As many as a thread of the server cannot follow with a call for each. */
    @Test
    void shouldFollowAChainOfManyRoutes() throws InterruptedException {
        String chain = IntStream.range(0, 1500).mapToObj(i -> "- route: { id: d" + i + ", from: { uri: \"direct:d" + i + "\", steps: [ { to: \"direct:d"
                + (i + 1) + "\" } ] } }\n").collect(Collectors.joining());
        List<String> problems = new ArrayList<>();
        Thread server = new Thread(null, () -> problems.addAll(rules.problemsTogether(files("to: direct:d0", "to: instance:*"), chain)), "server", 1 << 19);
        server.start();
        server.join();
        assertThat(problems).singleElement().asString().contains("sends to \"direct:d1500\"");
    }

    private static String files(String routing, String helper) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - %s
                - route:
                    id: helper
                    from:
                      uri: direct:helper
                      steps: [ { %s } ]
                """.formatted(routing, helper);
    }
}
