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
import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** What clients and the whole gateway may use. */
@GatewayTest
class ClientLimitsTest {

    private static final String[] ALICE = {"api-key", "alice-key"};
    private static final String[] BOB = {"Authorization", "Bearer bob-key"};

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldHoldEachClientToItsTokens() {
        // given
        start("", "tpm: 100", "tpm: 200");
        upstream.respond(Reply.chat("Hello", 50, 40));
        reserving(gateway, 90, ALICE);
        clock.advance(Duration.ofMillis(1_999));

        // when
        HttpResponse<String> refused = reserving(gateway, 90, ALICE);
        HttpResponse<String> other = reserving(gateway, 90, BOB);

        // then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("client 'alice'", "Limit 100", "Requested 90", "\"type\":\"tokens\"",
                "\"code\":\"rate_limit_exceeded\"", "59.001s");
        assertThat(header(refused, "retry-after")).isEqualTo("60");
        assertThat(header(refused, "retry-after-ms")).isEqualTo("59001");
        assertThat(header(refused, "x-ratelimit-remaining-tokens")).isEqualTo("10");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(other, "x-ratelimit-limit-tokens")).isEqualTo("200");
        assertThat(header(other, "x-ratelimit-remaining-tokens")).isEqualTo("110");
        assertThat(header(other, "x-ratelimit-reset-tokens")).isEqualTo("1m0.001s");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void shouldHoldEachClientToItsRequests() {
        // given
        start("", "rpm: 2", "tpm: 200");

        // when
        HttpResponse<String> first = reserving(gateway, 90, ALICE);
        clock.advance(Duration.ofMillis(30_500));
        HttpResponse<String> second = reserving(gateway, 90, ALICE);
        HttpResponse<String> third = reserving(gateway, 90, ALICE);

        // then
        assertThat(header(first, "x-ratelimit-limit-requests")).isEqualTo("2");
        assertThat(header(first, "x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(header(first, "x-ratelimit-limit-tokens")).isNull();
        assertThat(header(second, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("\"type\":\"requests\"", "Limit 2", "30.5s");
        assertThat(header(third, "retry-after-ms")).isEqualTo("30500");
        assertThat(header(third, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(header(third, "x-ratelimit-reset-requests")).isEqualTo("30.5s");
    }

    @Test
    void shouldReportTheWaitAfterWhichAllLimitsHaveRoom() {
        // given
        start("", "tpm: 100, rpm: 2", "tpm: 200");
        upstream.respond(Reply.chat("Hello", 9, 11));
        reserving(gateway, 20, ALICE);
        clock.advance(Duration.ofSeconds(30));
        upstream.respond(Reply.chat("Hello", 9, 71));
        reserving(gateway, 80, ALICE);

        // when
        HttpResponse<String> refused = reserving(gateway, 100, ALICE);

        // then
        assertThat(header(refused, "retry-after-ms")).as("a request's place is free in 31 s, the tokens in 61 s").isEqualTo("61000");
        clock.advance(Duration.ofSeconds(61));
        assertThat(reserving(gateway, 100, ALICE).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotCountARequestThatFailed() {
        // given
        start("", "rpm: 1, tpm: 100", "tpm: 200");
        upstream.enqueue(Reply.error(500, "{}"));

        // when
        HttpResponse<String> failed = reserving(gateway, 100, ALICE);

        // then
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(reserving(gateway, 100, ALICE).statusCode()).isEqualTo(200);
        assertThat(reserving(gateway, 10, ALICE).statusCode()).isEqualTo(429);
    }

    @Test
    void shouldOfferAClientOnlyItsModels() {
        // given
        start("", "models: [gpt-4.1]", "tpm: 200");

        // when
        HttpResponse<String> response = reserving(gateway, 90, ALICE);

        // then
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("model_not_allowed");
        assertThat(gateway.chat("gpt-4.1", ALICE).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldHoldAllClientsToTheLimitOfTheGateway() {
        // given
        start("150", "tpm: 100", "tpm: 100");
        upstream.respond(Reply.chat("Hello", 50, 40));
        HttpResponse<String> first = reserving(gateway, 90, ALICE);

        // when
        HttpResponse<String> refused = reserving(gateway, 90, BOB);
        HttpResponse<String> smaller = reserving(gateway, 60, BOB);

        // then
        assertThat(header(first, "x-ratelimit-limit-tokens")).as("the tightest: 10 of 100").isEqualTo("100");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("this gateway", "Limit 150");
        assertThat(smaller.statusCode()).as("the refused one charged bob nothing").isEqualTo(200);
        assertThat(header(smaller, "x-ratelimit-limit-tokens")).as("the tightest: 0 of 150").isEqualTo("150");
        assertThat(header(smaller, "x-ratelimit-remaining-tokens")).isEqualTo("0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "the instance's limit where it is tighter                    | RATE_LIMIT_TPM     | 1000 | max_tpm: 500 | 500   | 410",
        "a default only where limits are switched on by the variable | RATE_LIMIT_ENABLED | true | max_tpm: 0   | 30000 | 29910"})
    void shouldShow(String what, String variable, String value, String instanceLimit, String limit, String remaining) {
        // given
        gateway = TestGateway.builder().clock(clock).variable(variable, value).settings(
                "instances:\n" + instance("first", upstream, 1, ", " + instanceLimit)).start();

        // when
        HttpResponse<String> response = reserving(gateway, 90);

        // then
        assertThat(header(response, "x-ratelimit-limit-tokens")).isEqualTo(limit);
        assertThat(header(response, "x-ratelimit-remaining-tokens")).isEqualTo(remaining);
    }

    @Test
    void shouldRefuseWithoutAWaitWhatCanNeverFit() {
        // given
        start("", "tpm: 100", "tpm: 200");

        // when
        HttpResponse<String> response = reserving(gateway, 101, ALICE);

        // then
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("Limit 100, Requested 101.").doesNotContain("try again");
        assertThat(header(response, "retry-after")).isNull();
    }

    @Test
    void shouldShowTheLimitsOnAStream() {
        // given
        start("", "tpm: 100, rpm: 5", "tpm: 200");
        upstream.enqueue(Reply.chatStream("one", "two"));

        // when
        HttpResponse<String> response = gateway.post("/v1/chat/completions", PricedRequest.stream(90), ALICE);

        // then
        assertThat(response.body()).contains("one", "[DONE]");
        assertThat(header(response, "x-ratelimit-remaining-tokens")).isEqualTo("10");
        assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("4");
        PricedRequest.awaitSettled(gateway);
        assertThat(header(reserving(gateway, 80, ALICE), "x-ratelimit-remaining-tokens")).as("9 + 2 were billed").isEqualTo("9");
    }

    /** @param gatewayTpm empty for none */
    private void start(String gatewayTpm, String alice, String bob) {
        TestGateway.Builder builder = TestGateway.builder().clock(clock);
        if (!gatewayTpm.isEmpty()) {
            builder.variable("RATE_LIMIT_TPM", gatewayTpm);
        }
        gateway = builder.settings("""
                clients:
                  keys:
                    - { name: alice, key: alice-key, %s }
                    - { name: bob, key: bob-key, %s }
                instances:
                """.formatted(alice, bob) + instance("first", upstream, 1, "")).start();
    }
}
