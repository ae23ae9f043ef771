package dev.openaigateway.throttle;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Rules that change a request which exceeds its client's token limit, while a rule has a fallback for that. The client has 100 tokens a minute. */
class BudgetFallbackChangesTest extends RulesOfALimitedClient {

    private static final int LIMIT_OF_GATEWAY = 10_000;
    private static final String BLOCK = "{ to: \"direct:block\" }";
    private static final String ASKED = "{ setVariable: { name: asked, simple: \"${body}\" } }, ";

    BudgetFallbackChangesTest() {
        super(CASES, ROUTES, "rate_limit: { tpm: 10000 }\n");
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
        "caught,           5000, 200, 1, 1, 10",
        "copied-caught,    5000, 200, 1, 1, 10",
        "copied-capped,    5000, 200, 1, 1, 10",
        "error-next,       5000, 429, 0, 1, 0",
        "budget-next,      5000, 200, 1, 1, 0"})
    void shouldServeWhatFitsAndFallBackOtherwise(String rule, int tokens, int status, int ofMain, int ofFallback, int charged) {
        if (rule.contains("caught") || rule.contains("next")) {
            other.enqueue(Reply.error(500, "boom", "boom"));
        }

        HttpResponse<String> response = send(tokens, rule);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(main.awaitRequests(askedMain + ofMain)).hasSize(askedMain + ofMain);
        assertThat(other.awaitRequests(askedOther + ofFallback)).hasSize(askedOther + ofFallback);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - charged);
        assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - (status == 200 ? 10 : 0));
    }

    @RepeatedTest(10)
    void shouldSettleCopiesThatFallBackAtTheSameTime() {
        HttpResponse<String> response = send(5000, "parallel");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(other.requests()).hasSize(askedOther + 4);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT);
        assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - 4 * 10);
    }

    @ParameterizedTest
    @CsvSource({"asked-before, 20", "multicast, 5000", "enriched-before, 5000", "enriched-then-raised, 20", "multicast-before, 5000"})
    void shouldChargeWhatWasUsedBesidesTheFallback(String rule, int tokens) {
        HttpResponse<String> response = send(tokens, rule);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(main.requests()).hasSize(askedMain + 1);
        assertThat(other.requests()).hasSize(askedOther + 1);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
        assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - 20);
    }

    @Test
    void shouldReserveOnlyAgainstTheGatewayWhileTheFallbackRuns() {
        int status = whileTheOtherIsAsked(5000, "uncapped", () -> {
            assertLeft(gateway, "client", "alice", LIMIT);
            assertLeft(gateway, "gateway", "gateway", LIMIT_OF_GATEWAY - 5000);
        });

        assertThat(status).isEqualTo(200);
        awaitSettled(gateway);
    }

    @Test
    void shouldKeepTheReservationOfARequestWhoseCopyFallsBack() {
        int status = whileTheOtherIsAsked(20, "copied-asked", () -> assertLeft(gateway, "client", "alice", LIMIT - 20));

        assertThat(status).isEqualTo(200);
        awaitSettled(gateway);
        assertThat(main.requests()).hasSize(askedMain + 1);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    @Test
    void shouldNotServeForFreeAfterAFallbackThatIsSkipped() {
        other.enqueue(Reply.error(429, "busy", "busy"));
        send(5000, "error-next");

        assertThat(send(5000, "error-next").statusCode()).isEqualTo(429);
        assertThat(other.requests()).as("it is benched").hasSize(askedOther + 1);
        assertThat(main.requests()).hasSize(askedMain);
    }

    @Test
    void shouldRefuseAFallbackThatTheGatewaysLimitHasNoRoomFor() {
        HttpResponse<String> response = send(LIMIT_OF_GATEWAY + 1, "uncapped");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(other.requests()).hasSize(askedOther);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT);
    }

    @Test
    void shouldServeWhatARuleLowersAfterAFallbackThatWasRefused() {
        HttpResponse<String> response = send(LIMIT_OF_GATEWAY + 1, "caught");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(main.requests()).hasSize(askedMain + 1);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    private static final String CASES = rule("capped-elsewhere", CAP + ", " + MAIN)
            + rule("capped-before", CAP + ", " + BLOCK)
            + rule("capped-less", "{ to: \"request:cap?max_tokens=500\" }, " + BLOCK)
            + rule("raised", "{ to: \"request:set?max_tokens=500\" }, " + BLOCK)
            + rule("uncapped", BLOCK)
            + rule("enriched", "{ enrich: { constant: \"direct:block\" } }")
            + rule("tapped", "{ wireTap: { uri: \"direct:block\" } }, " + CAP + ", " + MAIN)
            + rule("asked-before", ASKED + MAIN + ", { setBody: { variable: asked } }, "
                    + "{ to: \"request:set?max_tokens=500\" }, " + BLOCK)
            + rule("enriched-before", "{ enrich: { constant: \"direct:cap-main\", variableReceive: draft } }, " + BLOCK)
            + rule("enriched-then-raised", "{ enrich: { constant: \"instance:main\", variableReceive: draft } }, { to: \"request:set?max_tokens=500\" }, " + BLOCK)
            + rule("multicast-before", ASKED + "{ multicast: { steps: [ { to: \"direct:cap-main\" } ] } }, { setBody: { variable: asked } }, " + BLOCK)
            + rule("multicast", "{ multicast: { steps: [ { to: \"direct:cap-main\" }, " + BLOCK + " ] } }")
            + rule("parallel", "{ multicast: { parallelProcessing: true, steps: [ " + String.join(", ", Collections.nCopies(4, BLOCK)) + " ] } }")
            + rule("caught", "{ doTry: { steps: [ " + BLOCK + " ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ " + CAP + ", " + MAIN + " ] } ] } }")
            + rule("copied-caught", "{ doTry: { steps: [ { enrich: { constant: \"direct:block\" } } ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ "
                    + CAP + ", " + MAIN + " ] } ] } }")
            + rule("copied-capped", "{ enrich: { constant: \"direct:block\", variableReceive: draft } }, " + CAP + ", " + MAIN)
            + rule("copied-asked", "{ enrich: { constant: \"direct:raise\", variableReceive: draft } }, { to: \"instance:other\" }")
            + rule("error-next", "{ to: \"direct:error-next\" }")
            + rule("budget-next", "{ to: \"direct:budget-next\" }");

    private static final String ROUTES = """
            - route:
                id: cap-main
                from: { uri: "direct:cap-main", steps: [ { to: "request:cap?max_tokens=50" }, { to: "instance:main" } ] }
            - route:
                id: raise
                from: { uri: "direct:raise", steps: [ { to: "request:set?max_tokens=500" }, { to: "direct:other-block" } ] }
            """
            + block("block", "instance:main", "instance:other?model=gpt-4&when=budget")
            + block("other-block", "instance:other", "instance:main?model=gpt-4&when=budget")
            + block("error-next", "instance:main", "instance:other?model=gpt-4&when=budget", "instance:main?model=gpt-4.1&when=error")
            + block("budget-next", "instance:main", "instance:other?model=gpt-4&when=budget", "instance:main?model=gpt-4.1&when=budget");

    private static String block(String name, String... instances) {
        return """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - loadBalance:
                        customLoadBalancer: { ref: failover }
                        steps: [ %2$s ]
            """.formatted(name, Arrays.stream(instances).map("{ to: \"%s\" }"::formatted).collect(Collectors.joining(", ")));
    }
}
