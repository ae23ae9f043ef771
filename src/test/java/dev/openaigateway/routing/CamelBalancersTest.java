package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's own balancers with instances as children. One gateway for all tests; each test sets its rule. */
@GatewayTest
class CamelBalancersTest {

    private static final ScriptedUpstream ONE = ScriptedUpstream.start();
    private static final ScriptedUpstream TWO = ScriptedUpstream.start();
    private static final ScriptedUpstream THREE = ScriptedUpstream.start();
    private static final GatewayFolder FOLDER = GatewayFolder.copy();
    private static final String ALL = "instance:one instance:two instance:three";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().folder(FOLDER.path()).settings("""
                admin: { watch_files: false }
                breaker: { minimum_calls: 1000, window: 1000 }
                instances:
                  - { name: one, provider_type: generic, api_base: "%s", tags: [a] }
                  - { name: two, provider_type: generic, api_base: "%s", tags: [a] }
                  - { name: three, provider_type: generic, api_base: "%s", tags: [b] }
                """.formatted(ONE.uri(), TWO.uri(), THREE.uri())).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ONE.close();
        TWO.close();
        THREE.close();
    }

    @BeforeEach
    void allRespond() {
        List.of(ONE, TWO, THREE).forEach(upstream -> upstream.respond(Reply.chat("Hi")));
    }

    @Test
    void failoverShouldTryTheNextAndRecordTheAttempts() {
        apply("failoverLoadBalancer: {}", ALL);
        ONE.respond(Reply.error(500, "boom", "boom"));
        TWO.respond(Reply.error(503, "boom", "boom"));

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.body()).contains("Hi");
        assertThat(Upstreams.instance(response)).isEqualTo("three");
        assertThat(attempts(response)).isEqualTo("3");
    }

    @Test
    void failoverShouldStreamFromTheNext() {
        apply("failoverLoadBalancer: {}", ALL);
        ONE.respond(Reply.error(500, "boom", "boom"));
        TWO.respond(Reply.chatStream("One", "Two"));

        String body = gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true}").body();

        assertThat(body).contains("One", "Two").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void failoverShouldLimitItsAttempts(int maximum, String attempts) {
        apply("failoverLoadBalancer: { maximumFailoverAttempts: \"" + maximum + "\" }", ALL);
        List.of(ONE, TWO, THREE).forEach(upstream -> upstream.respond(Reply.error(500, "boom", "boom")));

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(attempts(response)).isEqualTo(attempts);
    }

    @Test
    void failoverShouldTakeTurnsIfAsked() {
        apply("failoverLoadBalancer: { roundRobin: \"true\" }", ALL);

        assertThat(picks(4)).containsExactly("one", "two", "three", "one");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("failoverLoadBalancer", "all take turns");
    }

    @Test
    void failoverShouldStayWithTheLastGoodOneIfAsked() {
        apply("failoverLoadBalancer: { sticky: \"true\" }", ALL);
        ONE.enqueue(Reply.error(500, "boom", "boom"));

        assertThat(picks(3)).containsExactly("two", "two", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failoverLoadBalancer: {}", "failoverLoadBalancer: { roundRobin: \"true\" }"})
    void failoverShouldGoFromGroupToGroup(String balancer) {
        apply(balancer, "instance:*?tag=a instance:*?tag=b");
        ONE.respond(Reply.error(500, "boom", "boom"));
        TWO.respond(Reply.error(500, "boom", "boom"));

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = gateway.chat("gpt-4o");
            assertThat(response.body()).contains("Hi");
            assertThat(Upstreams.instance(response)).isEqualTo("three");
        }
        THREE.respond(Reply.error(500, "boom", "boom"));
        HttpResponse<String> failed = gateway.chat("gpt-4o");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("\"error\"");
    }

    /** The canary that is out, and the canary that does not serve the model, take no share. */
    @Test
    void weightedShouldShareBetweenGroupsAndFailOver() {
        apply("weightedLoadBalancer: { distributionRatio: \"95,5\" }", "instance:*?tag=a instance:*?tag=b");

        List<String> picks = picks(100);
        assertThat(Collections.frequency(picks, "three")).isEqualTo(5);
        assertThat(picks).contains("one");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("weightedLoadBalancer", "goes first (group: weight 95 of 100; within it: ",
                "called if those before it fail (group: weight 5 of 100)");

        THREE.respond(Reply.error(500, "boom", "boom"));
        assertThat(picks(40)).doesNotContain("three", "");
        ONE.respond(Reply.error(500, "boom", "boom"));
        TWO.respond(Reply.error(500, "boom", "boom"));
        THREE.respond(Reply.chat("Hi"));
        assertThat(picks(3)).containsOnly("three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundRobinLoadBalancer: {}", "randomLoadBalancer: {}"})
    void eachShouldFailOverFromGroupToGroup(String balancer) {
        apply(balancer, "instance:*?tag=a instance:*?tag=b");
        assertThat(picks(60)).contains("three").containsAnyOf("one", "two");

        THREE.respond(Reply.error(500, "boom", "boom"));
        assertThat(picks(6)).doesNotContain("three", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundRobinLoadBalancer: {}", "randomLoadBalancer: {}",
        "weightedLoadBalancer: { distributionRatio: \"8,1,1\" }", "weightedLoadBalancer: { distributionRatio: \"8,1,1\", roundRobin: \"true\" }",
        "stickyLoadBalancer: { correlationExpression: { simple: { expression: \"${header.x-team}\" } } }"})
    void eachShouldFailOver(String balancer) {
        apply(balancer, ALL);
        ONE.respond(Reply.error(500, "boom", "boom"));
        THREE.respond(Reply.error(500, "boom", "boom"));

        for (int i = 0; i < 6; i++) {
            assertThat(Upstreams.instance(gateway.chat("gpt-4o", "X-Team", "team-" + i))).isEqualTo("two");
        }
    }

    @Test
    void eachShouldDistributeAsItSays() {
        apply("roundRobinLoadBalancer: {}", ALL);
        assertThat(picks(4)).containsExactly("one", "two", "three", "one");

        apply("randomLoadBalancer: {}", ALL);
        assertThat(picks(60)).contains("one", "two", "three");

        apply("weightedLoadBalancer: { distributionRatio: \"8,1,1\" }", ALL);
        assertThat(Collections.frequency(picks(20), "one")).isEqualTo(16);

        apply("stickyLoadBalancer: { correlationExpression: { simple: { expression: \"${header.x-team}\" } } }", ALL);
        assertThat(picks(6, "X-Team", "red")).containsOnly(picks(1, "X-Team", "red").get(0));
        assertThat(List.of(picks(1, "X-Team", "1"), picks(1, "X-Team", "2"), picks(1, "X-Team", "3"), picks(1, "X-Team", "4"),
                picks(1, "X-Team", "5"), picks(1, "X-Team", "6")).stream().distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "topicLoadBalancer: {}                                                     | 8:32: route 'routing' uses 'topicLoadBalancer' which sends a request to all its children",
        "weightedLoadBalancer: { distributionRatio: \"8,2\" }                      | 8:56: route 'routing' uses 'weightedLoadBalancer' which has 2 ratios for 3 children",
        "failoverLoadBalancer: { exception: [ java.net.ConnectException ] }        | 8:48: route 'routing' uses 'failoverLoadBalancer' which names exceptions, but instances fail with errors of the gateway"})
    void shouldRefuseWhatCannotWork(String balancer, String message) {
        FOLDER.rules(rule(balancer, ALL));

        assertThat(gateway.post("/config/reload", "").body()).contains("routing.camel.yaml:" + message);
    }

    @Test
    void shouldRefuseACircuitBreakerAroundInstances() {
        FOLDER.rules(rule("failoverLoadBalancer: {}", "instance:one").replace("- loadBalance:\n            failoverLoadBalancer: {}", "- circuitBreaker:"));

        assertThat(gateway.post("/config/reload", "").body()).contains(
                "routing.camel.yaml:10:24: route 'routing' sends to \\\"instance:one\\\" which leads to an instance, and each instance has a breaker of its own");
    }

    private static void apply(String balancer, String uris) {
        FOLDER.rules(rule(balancer, uris));
        HttpResponse<String> reloaded = gateway.post("/config/reload", "");
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
    }

    private static List<String> picks(int requests, String... headers) {
        List<String> picks = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            picks.add(Upstreams.instance(gateway.chat("gpt-4o", headers)));
        }
        return picks;
    }

    private static String attempts(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-attempts").orElse("none");
    }

    private static String rule(String balancer, String uris) {
        StringBuilder steps = new StringBuilder();
        for (String uri : uris.split(" ")) {
            steps.append("      - to:\n          uri: \"").append(uri).append("\"\n");
        }
        return OneRoute.of("""
                - loadBalance:
                    %s
                    steps:
                """.formatted(balancer) + steps);
    }
}
