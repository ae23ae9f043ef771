package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.BILLED;
import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits of rules that call instances one after the other, for the request itself and for a copy of it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiedRequestLimitsTest {

    private static final int LIMIT = 10_000;
    private static final int REQUESTS = 100;

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream main = ScriptedUpstream.start();
    private final ScriptedUpstream failing = ScriptedUpstream.start();
    private final ScriptedUpstream other = ScriptedUpstream.start();
    private TestGateway gateway;
    private long recordedBefore;

    @BeforeAll
    void start() {
        failing.respond(Reply.error(500, "boom", "boom"));
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                routing: { retries: 0 }
                breaker: { minimum_calls: 10000, window: 10000 }
                admin: { watch_files: false }
                clients: { keys: [{ name: app, key: k, tpm: 10000, rpm: %d }] }
                rate_limit: { tpm: 10000 }
                instances:
                """.formatted(REQUESTS) + instance("main", main, 1, ", max_tpm: " + LIMIT) + instance("failing", failing, 1, ", max_tpm: " + LIMIT)
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
        recordedBefore = allRecorded();
    }

    @ParameterizedTest
    @CsvSource({
        "tap-catch,       1",
        "tap-twice,       2",
        "enrich-catch,    1",
        "enrich-twice,    2",
        "multicast-catch, 1"})
    void shouldSettleEachCallOfACopy(String model, int calls) {
        // when
        post(model, calls);

        // then
        assertLeft(gateway, "client", "app", LIMIT - BILLED);
        assertLeft(gateway, "instance", "main", LIMIT - BILLED);
        assertLeft(gateway, "instance", "failing", LIMIT);
        assertLeft(gateway, "instance", "other", LIMIT - (long) calls * BILLED);
    }

    @Test
    void shouldChargeTheClientForEachInstanceThatARuleAsks() {
        // given
        other.enqueue(Reply.chat("draft", 10, 5), Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"Hello Hello\"}}]}"));

        // when
        post("twice", 2);

        // then
        long used = 10 + 5 + PROMPT + 2;
        assertLeft(gateway, "client", "app", LIMIT - used);
        assertLeft(gateway, "gateway", "gateway", LIMIT - used);
        assertLeft(gateway, "instance", "other", LIMIT - used);
        assertThat(recorded()).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich-only", "multicast-only"})
    void shouldChargeTheClientForCopiesThatItsResponseIsMadeOf(String model) {
        // when
        post(model, 1);

        // then
        assertLeft(gateway, "client", "app", LIMIT - BILLED);
        assertLeft(gateway, "instance", "other", LIMIT - BILLED);
        assertThat(recorded()).isEqualTo(BILLED);
        assertThat(requestsLeft()).isEqualTo(REQUESTS - 1);
    }

    @Test
    void shouldChargeNothingForARuleThatAnswersWhenAllInstancesHaveFailed() {
        // when
        post("sorry", 0);

        // then
        assertLeft(gateway, "client", "app", LIMIT);
        assertThat(recorded()).isZero();
        assertThat(requestsLeft()).isEqualTo(REQUESTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "usage in a chunk | {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":1}}",
        "usage alone      | {\"choices\":[],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":1}}"})
    void shouldNotTakeTheUsageOfAFailedAttemptForTheNext(String model, String event) {
        // given
        failing.enqueue(Reply.stream("data: " + event + "\n\n").closeAfter(1));
        other.enqueue(Reply.stream("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"));

        // when
        post(PricedRequest.stream(200).replace("gpt-4o", model), 200, 1);

        // then
        assertLeft(gateway, "client", "app", LIMIT - PROMPT - 1);
        assertLeft(gateway, "instance", "failing", LIMIT);
        assertLeft(gateway, "instance", "other", LIMIT - PROMPT - 1);
        assertThat(recorded()).isEqualTo(PROMPT + 1);
    }

    @Test
    void shouldRecordNoUsageOfARequestThatFailed() {
        // given
        failing.enqueue(Reply.stream("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":1}}\n\n").closeAfter(1));

        // when
        post(PricedRequest.stream(200).replace("gpt-4o", "failed"), 502, 0);

        // then
        assertLeft(gateway, "client", "app", LIMIT);
        assertThat(recorded()).isZero();
    }

    private void post(String model, int callsOfOther) {
        post(PricedRequest.body(200).replace("gpt-4o", model), 200, callsOfOther);
    }

    /** Tokens in the records of this test. */
    private long recorded() {
        return allRecorded() - recordedBefore;
    }

    private long allRecorded() {
        return (long) PricedRequest.recorded(gateway.get("/metrics").body(), "");
    }

    private long requestsLeft() {
        return Long.parseLong(PricedRequest.header(PricedRequest.reserving(gateway, 200, "api-key", "k"), "x-ratelimit-remaining-requests")) + 1;
    }

    private void post(String body, int status, int callsOfOther) {
        int seen = other.requests().size();
        assertThat(gateway.post("/v1/chat/completions", body, "api-key", "k").statusCode()).isEqualTo(status);
        other.awaitRequests(seen + callsOfOther);
        awaitSettled(gateway);
    }

    private static final String RULES = OneRoute.of("""
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
                  - simple: "${exchangeProperty.model} == 'enrich-only'"
                    steps: [ { enrich: { constant: "instance:other" } } ]
                  - simple: "${exchangeProperty.model} == 'multicast-only'"
                    steps: [ { multicast: { steps: [ { to: "instance:other" } ] } } ]
                  - simple: "${exchangeProperty.model} == 'twice'"
                    steps: [ { to: "direct:twice" } ]
                  - simple: "${exchangeProperty.model} == 'failed'"
                    steps: [ { to: "instance:failing" } ]
                  - simple: "${exchangeProperty.model} == 'sorry'"
                    steps:
                      - doTry:
                          steps: [ { to: "instance:failing" } ]
                          doCatch:
                            - exception: [ java.lang.Exception ]
                              steps: [ { setBody: { constant: '{"sorry":true}' } } ]
                  - simple: "${exchangeProperty.model} contains 'usage'"
                    steps: [ { to: "direct:catch" } ]
                otherwise:
                  steps: [ { to: "instance:main" } ]
            """) + """
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
