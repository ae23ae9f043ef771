package dev.openaigateway.throttle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** A copy of a request asks an instance only for what the client's limit has granted. The client has 100 tokens a minute. */
class CopyGrantsTest extends RulesOfALimitedClient {

    private static final String COPY = "{ to: \"instance:other\" }";

    CopyGrantsTest() {
        super(CASES, ROUTES, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich", "multicast", "split", "tap", "enrich-then", "tap-cap-less", "recipients"})
    void shouldRefuseACopyOfWhatIsTooLarge(String rule) {
        HttpResponse<String> refused = send(5000, rule);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(refused.body()).contains("client 'alice'", "rate_limit_exceeded");
        assertThat(send(20, "tap").statusCode()).isEqualTo(200);
        assertThat(other.awaitRequests(askedOther + 1)).hasSize(askedOther + 1);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrich-cap", "tap-cap", "cap-enrich", "cap-tap", "tap-then-cap-main"})
    void shouldServeTheCopyThatARuleHasLowered(String rule) {
        HttpResponse<String> response = send(5000, rule);

        assertThat(response.statusCode()).isEqualTo(rule.equals("tap-cap") ? 429 : 200);
        if (!rule.equals("tap-then-cap-main")) {
            other.awaitRequests(askedOther + 1);
            assertThat(other.requests().get(askedOther).text()).contains("\"max_tokens\":50,");
        }
        awaitSettled(gateway);
        assertThat(other.requests()).noneMatch(request -> request.text().contains("\"max_tokens\":4991,"));
    }

    @ParameterizedTest
    @CsvSource({"enrich-cap, 5000, 200", "cap-enrich, 5000, 200", "tap-raise, 20, 200", "tap-cap, 5000, 429"})
    void shouldReserveWhatACopyAsksFor(String rule, int tokens, int status) {
        int first = whileTheOtherIsAsked(tokens, rule,
                () -> assertThat(send(60, "none").statusCode()).as("59 of 100 are reserved").isEqualTo(429));

        assertThat(first).isEqualTo(status);
        awaitSettled(gateway);
        assertThat(send(60, "none").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACopyThatARuleMakesTooLarge() {
        HttpResponse<String> response = send(20, "enrich-raise");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(other.requests()).hasSize(askedOther);
        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT);
    }

    @Test
    void shouldNotChargeTheClientForAMirror() {
        assertThat(send(90, "tap").statusCode()).isEqualTo(200);
        other.awaitRequests(askedOther + 1);

        awaitSettled(gateway);
        assertLeft(gateway, "client", "alice", LIMIT - 10);
    }

    @Test
    void shouldStillRefuseWhatARuleHasMadeTooLargeWhenItAsksAgain() {
        assertThat(send(20, "raise-again").statusCode()).isEqualTo(429);
        assertThat(main.requests()).hasSize(askedMain);
    }

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

    private static final String CASES = rule("enrich", enrich("instance:other", ""))
            + rule("multicast", "{ multicast: { steps: [ " + COPY + " ] } }")
            + rule("recipients", "{ recipientList: { constant: \"instance:other\" } }")
            + rule("split", "{ split: { delimiter: \"false\", simple: \"${bodyAs(String)}\", steps: [ " + COPY + " ] } }")
            + rule("tap", tap("instance:other") + ", " + MAIN)
            + rule("enrich-then", enrich("instance:other", ", variableReceive: copied") + ", " + MAIN)
            + rule("tap-cap-less", tap("direct:less") + ", " + MAIN)
            + rule("enrich-cap", enrich("direct:cap", ""))
            + rule("tap-cap", tap("direct:cap") + ", " + MAIN)
            + rule("cap-enrich", CAP + ", " + enrich("instance:other", ""))
            + rule("cap-tap", CAP + ", " + tap("instance:other") + ", " + MAIN)
            + rule("tap-then-cap-main", tap("instance:other") + ", " + CAP + ", " + MAIN)
            + rule("enrich-raise", enrich("direct:raise", ""))
            + rule("tap-raise", tap("direct:raise-a-little") + ", " + MAIN)
            + rule("raise-again", "{ to: \"request:set?max_tokens=500\" }, { doTry: { steps: [ " + MAIN + " ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ "
                    + MAIN + " ] } ] } }");

    private static final String ROUTES = route("cap", CAP + ", " + COPY)
            + route("less", "{ to: \"request:cap?max_tokens=500\" }, " + COPY)
            + route("raise", "{ to: \"request:set?max_tokens=500\" }, " + COPY)
            + route("raise-a-little", "{ to: \"request:set?max_tokens=50\" }, " + COPY);
}
