package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** Reservations of requests whose numbers are written in unusual forms. */
@GatewayTest
class ReservedNumbersTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestGateway gateway = TestGateway.builder().clock(new TestClock()).settings(
            "rate_limit: { tpm: 100 }\ninstances:\n" + instance("first", upstream, 1, "")).start();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1e9                  | 1        | 1000000009",
        "1000000000.0         | 1        | 1000000009",
        "99999999999999999999 | 1        | 9007199254740992",
        "\"200\"                | 1        | 209",
        "50                   | 4.0      | 209",
        "50                   | 1e3      | 50009",
        "50                   | \"4\"      | 209",
        "1e400                | 1e400    | 9007199254740992"})
    void shouldReserveEveryFormOfANumber(String max, String n, String requested) {
        // given
        upstream.respond(Reply.chat("Hello", 9, 400));
        String body = PricedRequest.body(20).replace("\"max_tokens\":11", "\"max_tokens\":" + max + ",\"n\":" + n);

        // when
        HttpResponse<String> refused = gateway.post("/v1/chat/completions", body);
        reserving(gateway, 20);
        PricedRequest.awaitSettled(gateway);
        HttpResponse<String> whileOverrun = gateway.post("/v1/chat/completions", body);

        // then
        for (HttpResponse<String> each : List.of(refused, whileOverrun)) {
            assertThat(each.statusCode()).isEqualTo(429);
            assertThat(each.body()).contains("Limit 100, Requested " + requested + ".").doesNotContain("try again");
        }
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void shouldPassANumberOnAsItIsWritten() {
        // given
        String body = PricedRequest.body(20).replace("\"max_tokens\":11", "\"max_tokens\":\"10\",\"n\":2.0");

        // when
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body);

        // then
        assertThat(header(response, "x-ratelimit-remaining-tokens")).as("100 - 9 - 2 * 10").isEqualTo("71");
        assertThat(upstream.requests().get(0).text()).isEqualTo(body);
    }
}
