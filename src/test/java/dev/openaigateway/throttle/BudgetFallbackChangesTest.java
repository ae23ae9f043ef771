package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
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

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** Rules that change a request which exceeds its client's token limit, while a rule has a fallback for that. The client has 100 tokens a minute. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetFallbackChangesTest {

    private static final int LIMIT = 100;
    private static final int LIMIT_OF_GATEWAY = 10_000;

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream main = ScriptedUpstream.start();
    private final ScriptedUpstream fallback = ScriptedUpstream.start();
    private TestGateway gateway;
    private int askedMain;
    private int askedFallback;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 100 } ] }
                rate_limit: { tpm: 10000 }
                routing: { retries: 0 }
                admin: { watch_files: false }
                instances:
                """ + instance("main", main, 1, "") + instance("fallback", fallback, 1, "")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        main.close();
        fallback.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
        main.respond(Reply.chat("Hi", 9, 1));
        fallback.respond(Reply.chat("Hi", 9, 1));
        askedMain = main.requests().size();
        askedFallback = fallback.requests().size();
    }

    @ParameterizedTest
    @CsvSource({
        "capped-elsewhere, 5000, 200, 1, 0, 10",
        "capped-before,    5000, 200, 1, 0, 10",
        "capped-less,      5000, 200, 0, 1, 0",
        "raised,           20,   200, 0, 1, 0",
        "uncapped,         5000, 200, 0, 1, 0",
        "enriched,         5000, 200, 0, 1, 0",
        "tapped,           5000, 200, 1, 1, 10",
        "elsewhere,        5000, 429, 0, 0, 0",
        "caught,           5000, 429, 0, 1, 0"})
    void shouldServeWhatFitsAndFallBackOtherwise(String rule, int tokens, int status, int ofMain, int ofFallback, int charged) {
        if (rule.equals("caught")) {
            fallback.enqueue(Reply.error(500, "boom", "boom"));
        }

        HttpResponse<String> response = send(tokens, rule);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(main.awaitRequests(askedMain + ofMain)).hasSize(askedMain + ofMain);
        assertThat(fallback.awaitRequests(askedFallback + ofFallback)).hasSize(askedFallback + ofFallback);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - charged);
        assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - (status == 200 ? 10 : 0));
    }

    @Test
    void shouldReserveOnlyAgainstTheGatewayWhileTheFallbackRuns() {
        CountDownLatch answered = new CountDownLatch(1);
        fallback.enqueue((line, request) -> {
            answered.await();
            Reply.chat("Hi", 9, 1).writeTo(line, request);
        });
        try (RawClient first = RawClient.connect(gateway.port())) {
            first.post("/v1/chat/completions", PricedRequest.body(5000), "api-key: alice-key", "x-rule: uncapped");
            fallback.awaitRequests(askedFallback + 1);

            assertLeft(gateway, "client", "alice", LIMIT);
            assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - 5000);
            answered.countDown();
            assertThat(first.response().status()).isEqualTo(200);
        }
        awaitSettled(gateway);
    }

    @Test
    void shouldRefuseAFallbackThatTheGatewaysLimitHasNoRoomFor() {
        HttpResponse<String> response = send(LIMIT_OF_GATEWAY + 1, "uncapped");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(fallback.requests()).hasSize(askedFallback);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT);
    }

    private HttpResponse<String> send(int tokens, String rule) {
        return reserving(gateway, tokens, "api-key", "alice-key", "x-rule", rule);
    }

    private static String rule(String name, String steps) {
        return """
                                  - simple: "${header.x-rule} == '%s'"
                                    steps: [ %s ]
                """.formatted(name, steps);
    }

    private static final String MAIN = "{ to: \"instance:main\" }";
    private static final String BLOCK = "{ to: \"direct:block\" }";
    private static final String CAP = "{ to: \"request:cap?max_tokens=50\" }";

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
            """
            + rule("capped-elsewhere", CAP + ", " + MAIN)
            + rule("capped-before", CAP + ", " + BLOCK)
            + rule("capped-less", "{ to: \"request:cap?max_tokens=500\" }, " + BLOCK)
            + rule("raised", "{ to: \"request:set?max_tokens=500\" }, " + BLOCK)
            + rule("uncapped", BLOCK)
            + rule("enriched", "{ enrich: { constant: \"direct:block\" } }")
            + rule("tapped", "{ wireTap: { uri: \"direct:block\" } }, " + CAP + ", " + MAIN)
            + rule("caught", "{ doTry: { steps: [ " + BLOCK + " ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ " + CAP + ", " + MAIN + " ] } ] } }")
            + """
                        otherwise:
                          steps: [ { to: "instance:main" } ]
            - route:
                id: block
                from:
                  uri: direct:block
                  steps:
                    - loadBalance:
                        customLoadBalancer: { ref: failover }
                        steps: [ { to: "instance:main" }, { to: "instance:fallback?model=gpt-4&when=budget" } ]
            """;
}
