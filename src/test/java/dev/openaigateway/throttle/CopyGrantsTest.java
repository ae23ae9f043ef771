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
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** A copy of a request asks an instance only for what the client's limit has granted. The client has 100 tokens a minute. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyGrantsTest {

    private static final int LIMIT = 100;

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream main = ScriptedUpstream.start();
    private final ScriptedUpstream copied = ScriptedUpstream.start();
    private TestGateway gateway;
    private int asked;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 100 } ] }
                routing: { retries: 0 }
                admin: { watch_files: false }
                instances:
                """ + instance("main", main, 1, "") + instance("copied", copied, 1, "")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        main.close();
        copied.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
        main.respond(Reply.chat("Hi", 9, 1));
        copied.respond(Reply.chat("Hi", 9, 1));
        asked = copied.requests().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich", "multicast", "split", "tap", "enrich-then", "tap-cap-less", "recipients"})
    void shouldRefuseACopyOfWhatIsTooLarge(String rule) {
        HttpResponse<String> refused = send(5000, rule);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.body()).contains("client 'alice'", "rate_limit_exceeded");
        assertThat(send(20, "tap").statusCode()).isEqualTo(200);
        assertThat(copied.awaitRequests(asked + 1)).hasSize(asked + 1);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich-cap", "tap-cap", "cap-enrich", "cap-tap", "tap-then-cap-main"})
    void shouldServeTheCopyThatARuleHasLowered(String rule) {
        HttpResponse<String> response = send(5000, rule);

        assertThat(response.statusCode()).isEqualTo(rule.equals("tap-cap") ? 429 : 200);
        if (!rule.equals("tap-then-cap-main")) {
            copied.awaitRequests(asked + 1);
            assertThat(copied.requests().get(asked).text()).contains("\"max_tokens\":50,");
        }
        awaitSettled(gateway);
        assertThat(copied.requests()).noneMatch(request -> request.text().contains("\"max_tokens\":4991,"));
    }

    @ParameterizedTest
    @CsvSource({"enrich-cap, 5000, 200", "cap-enrich, 5000, 200", "tap-raise, 20, 200", "tap-cap, 5000, 429"})
    void shouldReserveWhatACopyAsksFor(String rule, int tokens, int status) {
        CountDownLatch answered = new CountDownLatch(1);
        copied.enqueue((line, request) -> {
            answered.await();
            Reply.chat("Hi", 9, 1).writeTo(line, request);
        });
        try (RawClient first = RawClient.connect(gateway.port())) {
            first.post("/v1/chat/completions", PricedRequest.body(tokens), "api-key: alice-key", "x-rule: " + rule);
            copied.awaitRequests(asked + 1);

            assertThat(send(60, "none").statusCode()).as("59 of 100 are reserved").isEqualTo(429);
            answered.countDown();
            assertThat(first.response().status()).isEqualTo(status);
        }
        awaitSettled(gateway);
        assertThat(send(60, "none").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACopyThatARuleMakesTooLarge() {
        HttpResponse<String> response = send(20, "enrich-raise");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(copied.requests()).hasSize(asked);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT);
    }

    @Test
    void shouldNotChargeTheClientForAMirror() {
        assertThat(send(90, "tap").statusCode()).isEqualTo(200);
        copied.awaitRequests(asked + 1);

        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    @Test
    void shouldStillRefuseWhatARuleHasMadeTooLargeWhenItAsksAgain() {
        int before = main.requests().size();

        assertThat(send(20, "raise-again").statusCode()).isEqualTo(429);
        assertThat(main.requests()).hasSize(before);
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

    private static final String CAP = "{ to: \"request:cap?max_tokens=50\" }";
    private static final String MAIN = "{ to: \"instance:main\" }";
    private static final String COPY = "{ to: \"instance:copied\" }";

    private static String enrich(String where, String more) {
        return "{ enrich: { constant: \"" + where + "\"" + more + " } }";
    }

    private static String tap(String where) {
        return "{ wireTap: { uri: \"" + where + "\" } }";
    }

    private static String route(String name, String steps) {
        return """
                - route:
                    id: %1$s
                    from: { uri: "direct:%1$s", steps: [ %2$s ] }
                """.formatted(name, steps);
    }

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
            """
            + rule("enrich", enrich("instance:copied", ""))
            + rule("multicast", "{ multicast: { steps: [ " + COPY + " ] } }")
            + rule("recipients", "{ recipientList: { constant: \"instance:copied\" } }")
            + rule("split", "{ split: { delimiter: \"false\", simple: \"${bodyAs(String)}\", steps: [ " + COPY + " ] } }")
            + rule("tap", tap("instance:copied") + ", " + MAIN)
            + rule("enrich-then", enrich("instance:copied", ", variableReceive: copied") + ", " + MAIN)
            + rule("tap-cap-less", tap("direct:less") + ", " + MAIN)
            + rule("enrich-cap", enrich("direct:cap", ""))
            + rule("tap-cap", tap("direct:cap") + ", " + MAIN)
            + rule("cap-enrich", CAP + ", " + enrich("instance:copied", ""))
            + rule("cap-tap", CAP + ", " + tap("instance:copied") + ", " + MAIN)
            + rule("tap-then-cap-main", tap("instance:copied") + ", " + CAP + ", " + MAIN)
            + rule("enrich-raise", enrich("direct:raise", ""))
            + rule("tap-raise", tap("direct:raise-a-little") + ", " + MAIN)
            + rule("raise-again", "{ to: \"request:set?max_tokens=500\" }, { doTry: { steps: [ " + MAIN + " ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ "
                    + MAIN + " ] } ] } }")
            + """
                        otherwise:
                          steps: [ { to: "instance:main" } ]
            """
            + route("cap", CAP + ", " + COPY)
            + route("less", "{ to: \"request:cap?max_tokens=500\" }, " + COPY)
            + route("raise", "{ to: \"request:set?max_tokens=500\" }, " + COPY)
            + route("raise-a-little", "{ to: \"request:set?max_tokens=50\" }, " + COPY);
}
