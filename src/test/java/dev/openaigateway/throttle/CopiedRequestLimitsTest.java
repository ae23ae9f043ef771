package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.BILLED;
import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits of rules that call instances one after the other, for the request itself and for a copy of it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiedRequestLimitsTest {

    private static final int LIMIT = 10_000;

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream main = ScriptedUpstream.start();
    private final ScriptedUpstream failing = ScriptedUpstream.start();
    private final ScriptedUpstream other = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        failing.respond(Reply.error(500, "boom", "boom"));
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                routing: { retries: 0 }
                breaker: { minimum_calls: 10000, window: 10000 }
                admin: { watch_files: false }
                clients: { keys: [{ name: app, key: k, tpm: 10000, rpm: 100 }] }
                rate_limit: { tpm: 10000 }
                instances:
                """ + instance("main", main, 1, ", max_tpm: " + LIMIT) + instance("failing", failing, 1, ", max_tpm: " + LIMIT)
                + instance("other", other, 1, ", max_tpm: " + LIMIT)).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        main.close();
        failing.close();
        other.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @CsvSource({
        "tap-catch,       1",
        "tap-twice,       2",
        "enrich-catch,    1",
        "enrich-twice,    2",
        "multicast-catch, 1",
        "multicast-twice, 2"})
    void shouldSettleEachCallOfACopy(String model, int calls) {
        // when
        post(model, calls);

        // then
        assertLeft(gateway, "client", "app", LIMIT - BILLED);
        assertLeft(gateway, "instance", "main", LIMIT - BILLED);
        assertLeft(gateway, "instance", "failing", LIMIT);
        assertLeft(gateway, "instance", "other", LIMIT - (long) calls * BILLED);
    }

    private void post(String model, int callsOfOther) {
        int seen = other.requests().size();
        assertThat(gateway.post("/v1/chat/completions", PricedRequest.body(200).replace("gpt-4o", model), "api-key", "k").statusCode()).isEqualTo(200);
        other.awaitRequests(seen + callsOfOther);
        awaitSettled(gateway);
    }

    private static final String RULES = """
            - route:
                id: routing
                routeConfigurationId: errors
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
                          - simple: "${exchangeProperty.model} == 'tap-catch'"
                            steps: [ { wireTap: { uri: "direct:catch" } }, { to: "instance:main" } ]
                          - simple: "${exchangeProperty.model} == 'tap-twice'"
                            steps: [ { wireTap: { uri: "direct:twice" } }, { to: "instance:main" } ]
                          - simple: "${exchangeProperty.model} == 'enrich-catch'"
                            steps: [ { enrich: { constant: "direct:catch", variableReceive: "copied" } }, { to: "instance:main" } ]
                          - simple: "${exchangeProperty.model} == 'enrich-twice'"
                            steps: [ { enrich: { constant: "direct:twice", variableReceive: "copied" } }, { to: "instance:main" } ]
                          - simple: "${exchangeProperty.model} == 'multicast-catch'"
                            steps:
                              - setVariable: { name: asked, simple: "${body}" }
                              - multicast: { steps: [ { to: "direct:catch" } ] }
                              - setBody: { variable: asked }
                              - to: "instance:main"
                          - simple: "${exchangeProperty.model} == 'multicast-twice'"
                            steps:
                              - setVariable: { name: asked, simple: "${body}" }
                              - multicast: { steps: [ { to: "direct:twice" } ] }
                              - setBody: { variable: asked }
                              - to: "instance:main"
            - route:
                id: catch
                routeConfigurationId: errors
                from:
                  uri: direct:catch
                  steps:
                    - doTry:
                        steps: [ { to: "instance:failing" } ]
                        doCatch:
                          - exception: [ java.lang.Exception ]
                            steps: [ { to: "instance:other" } ]
            - route:
                id: twice
                routeConfigurationId: errors
                from:
                  uri: direct:twice
                  steps:
                    - setVariable: { name: draft, simple: "${body}" }
                    - to: "instance:other"
                    - setBody: { variable: draft }
                    - to: "instance:other"
            """;
}
