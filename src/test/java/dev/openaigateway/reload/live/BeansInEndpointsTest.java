package dev.openaigateway.reload.live;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Endpoints that name a bean of the files call the bean of their own version, also after the next version has made another one of this name. */
@GatewayTest
class BeansInEndpointsTest {

    private static final List<String> RECORDED = new CopyOnWriteArrayList<>();
    private static final String EVENTS = """
            - beans:
                - name: quota
                  type: %s
                  destroyMethod: close
                  properties: { number: NUMBER }
            - route:
                id: usage
                from:
                  uri: seda:usage
                  parameters: { queue: "#bean:usageQueue" }
                  steps:
                    - to: { uri: "bean:quota?method=record" }
            """.formatted(Quota.class.getName());
    private static final String RULES = """
            - beans:
                - name: quota
                  type: %s
                  destroyMethod: close
                  properties: { number: NUMBER }
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - setVariable: { name: request, simple: "${body}" }
                    STEP
                    - setVariable: { name: number, simple: "${body}" }
                    - setBody: { variable: request }
                    - to: { uri: "request:header", parameters: { name: x-number, value: "${variable.number}" } }
                    - to: { uri: "instance:east" }
            - route:
                id: usual
                from:
                  uri: direct:usual
                  steps:
                    - to: { uri: "bean:quota?method=get" }
            """.formatted(Quota.class.getName());

    /** Public, so that Camel can make it. */
    public static final class Quota {

        private int number;
        private volatile boolean isClosed;

        public void setNumber(int number) {
            this.number = number;
        }

        public String get() {
            return isClosed ? number + " is closed" : String.valueOf(number);
        }

        public void record() {
            RECORDED.add(get());
        }

        public void close() {
            isClosed = true;
        }
    }

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private final Gate gate = new Gate();
    private final AtomicInteger waiting = new AtomicInteger();
    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        folder.rules(rules("- delay: { constant: 0 }", 0));
        gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).bean("slow", (Processor) exchange -> {
            waiting.incrementAndGet();
            gate.pass();
        }).start();
    }

    @BeforeEach
    void forget() {
        RECORDED.clear();
    }

    @AfterEach
    void stopGateway() {
        gate.open();
        gateway.close();
        upstream.close();
    }

    private static String rules(String step, int number) {
        return RULES.replace("STEP", step).replace("NUMBER", String.valueOf(number));
    }

    private void reload(String rules) {
        folder.rules(rules);
        assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
    }

    /** What the step has got from the bean. */
    private String number() {
        assertThat(gateway.chat("gpt-4o", "x-method", "get").body()).doesNotContain("rule_error");
        return upstream.requests().get(upstream.requests().size() - 1).header("x-number");
    }

    /** Lets the replaced version end. */
    private void endReplaced() {
        clock.advance(Duration.ofMinutes(2));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- to: { uri: \"bean:quota?method=get\" }",
            "- to: { uri: bean, parameters: { beanName: quota, method: get } }",
            "- toD: { uri: \"bean:quota?method=get\" }",
            "- toD: { uri: \"bean:quota?method=${header.x-method}\" }",
            "- recipientList: { constant: { expression: \"bean:quota?method=get\" } }",
            "- recipientList: { simple: { expression: \"direct:usual,bean:quota?method=${header.x-method}\" } }",
            "- recipientList: { groovy: { expression: \"['bean:quota?method=get']\" } }",
            "- routingSlip: { constant: { expression: \"bean:quota?method=get\" } }",
            "- dynamicRouter: { groovy: { expression: \"exchange.getProperty('CamelSlipEndpoint') ? null : 'bean:quota?method=get'\" } }",
            "- enrich: { constant: \"bean:quota?method=get\" }",
            "- enrich: { simple: \"bean:quota?method=${header.x-method}\" }",
            "- to: { uri: \"direct:usual\" }",
            "- doTry: { steps: [ { to: { uri: \"bean:quota?method=get\" } } ], doCatch: [ { exception: [ java.io.IOException ], steps: [ { stop: { } } ] } ] }",
            "- multicast: { steps: [ { to: { uri: \"bean:quota?method=get\" } } ] }"
    })
    void shouldCallTheBeanOfTheActiveVersion(String step) {
        reload(rules(step, 1));
        assertThat(number()).isEqualTo("1");

        reload(rules(step, 2));
        assertThat(number()).isEqualTo("2");
        endReplaced();
        assertThat(number()).isEqualTo("2");

        reload(rules(step, 2) + "# Changed.\n");
        endReplaced();
        assertThat(number()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- to: { uri: \"bean:quota?method=get\" }",
            "- toD: { uri: \"bean:quota?method=get\" }",
            "- enrich: { constant: \"bean:quota?method=get\" }"
    })
    void shouldEndARequestWithTheBeanOfItsVersion(String step) {
        reload(rules("- process: { ref: slow }\n        " + step, 1));
        CompletableFuture<HttpResponse<String>> request = CompletableFuture.supplyAsync(() -> gateway.chat("gpt-4o"));
        Eventually.holds("the request waits", () -> waiting.get() == 1);

        reload(rules(step, 2));
        assertThat(number()).isEqualTo("2");
        endReplaced();
        gate.open();

        assertThat(request.join().body()).doesNotContain("rule_error");
        assertThat(upstream.requests().get(1).header("x-number")).isEqualTo("1");
        endReplaced();
        assertThat(number()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean:quota?method=record", "bean:quota?method=${header.x-method}"})
    void shouldSendACopyToTheBeanOfTheActiveVersion(String uri) {
        String step = "- wireTap: { uri: \"" + uri + "\" }";
        for (int number : List.of(1, 2)) {
            reload(rules(step, number));
            gateway.chat("gpt-4o", "x-method", "record");
            Eventually.holds("the bean got a copy", () -> RECORDED.size() == number);
        }

        assertThat(RECORDED).containsExactly("1", "2");
    }

    @Test
    void shouldDeliverEventsToTheBeanOfTheActiveVersion() {
        folder.rules(OneRoute.to("instance:east"));
        for (int number : List.of(1, 2, 3)) {
            folder.write("routes/events.camel.yaml", EVENTS.replace("NUMBER", String.valueOf(number)));
            assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
            endReplaced();
            gateway.chat("gpt-4o");
            Eventually.holds("the event was delivered", () -> RECORDED.size() == number);
        }

        assertThat(RECORDED).containsExactly("1", "2", "3");
    }

    @Test
    void shouldNotCallABeanOfACheckedText() {
        String step = "- toD: { uri: \"bean:quota?method=get\" }";
        reload(rules(step, 1));

        gateway.post("/config/validate", rules("- to: { uri: \"bean:quota?method=get\" }", 2));

        assertThat(number()).isEqualTo("1");
    }
}
