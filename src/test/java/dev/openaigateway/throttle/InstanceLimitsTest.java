package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** What instances take, over HTTP, with the waits exact to the millisecond. */
@GatewayTest
class InstanceLimitsTest {

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void shouldCallTheNextInstanceWhenTheFirstIsFull() {
        // given
        start(", max_tpm: 100, settle: none", "");
        reserving(gateway, 90);

        // when
        HttpResponse<String> response = reserving(gateway, 90);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-gateway-instance")).isEqualTo("second");
        assertThat(header(response, "x-ratelimit-limit-tokens")).as("the second has no limit").isNull();
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void shouldReportTheShortestExactWaitWhenAllAreFull() {
        // given
        start(", max_tpm: 100, settle: none", ", max_tpm: 100, settle: none");
        reserving(gateway, 90);
        clock.advance(Duration.ofMillis(7_400));
        reserving(gateway, 90);
        clock.advance(Duration.ofMillis(4_945));

        // when
        HttpResponse<String> response = reserving(gateway, 90);

        // then
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("\"code\":\"rate_limit_exceeded\"", "\"type\":\"tokens\"", "48.655s");
        assertThat(header(response, "retry-after-ms")).isEqualTo("48655");
        assertThat(header(response, "retry-after")).isEqualTo("49");
        assertThat(header(response, "x-ratelimit-limit-tokens")).isEqualTo("100");
        assertThat(header(response, "x-ratelimit-remaining-tokens")).isEqualTo("10");
        assertThat(header(response, "x-ratelimit-reset-tokens")).isEqualTo("48.655s");
    }

    @Test
    void shouldLetInAgainExactlyWhenItSaidSo() {
        // given
        start(", max_tpm: 100, settle: none, enabled: true", ", enabled: false");
        reserving(gateway, 90);
        clock.advance(Duration.ofMillis(123));
        Duration wait = Duration.ofMillis(Long.parseLong(header(reserving(gateway, 90), "retry-after-ms")));

        // then
        clock.advance(wait.minusMillis(1));
        assertThat(header(reserving(gateway, 90), "retry-after-ms")).isEqualTo("1");
        clock.advance(Duration.ofMillis(1));
        assertThat(reserving(gateway, 90).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldChargeWhatWasBilledUnlessConfiguredNotToSettle() {
        // given
        start(", max_tpm: 100", ", max_tpm: 100, settle: none");

        // when
        HttpResponse<String> settled = reserving(gateway, 90);
        HttpResponse<String> again = reserving(gateway, 79);
        HttpResponse<String> other = reserving(gateway, 90);
        HttpResponse<String> full = reserving(gateway, 80);

        // then
        assertThat(header(settled, "x-ratelimit-remaining-tokens")).isEqualTo("10");
        assertThat(header(again, "x-ratelimit-remaining-tokens")).as("100 - 21 - 79").isEqualTo("0");
        assertThat(header(other, "x-gateway-instance")).isEqualTo("second");
        assertThat(full.statusCode()).as("42 billed at the first, 90 kept at the second").isEqualTo(429);
        assertThat(reserving(gateway, 58).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveBackAtOnceWhatAFailedAttemptReserved() {
        // given
        start(", max_tpm: 100", "");
        first.enqueue(Reply.error(500, "{\"error\":{\"message\":\"boom\"}}"));

        // when
        HttpResponse<String> response = reserving(gateway, 90);

        // then
        assertThat(header(response, "x-gateway-instance")).isEqualTo("second");
        assertThat(header(reserving(gateway, 100), "x-gateway-instance")).isEqualTo("first");
    }

    @Test
    void shouldRefuseWithoutAWaitWhatCanNeverFit() {
        // given
        start(", max_tpm: 100", ", max_tpm: 50");

        // when
        HttpResponse<String> response = reserving(gateway, 101);

        // then
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(header(response, "retry-after")).isNull();
        assertThat(header(response, "retry-after-ms")).isNull();
        assertThat(header(response, "x-ratelimit-reset-tokens")).isNull();
        assertThat(header(response, "x-ratelimit-limit-tokens")).isEqualTo("100");
    }

    @Test
    void shouldClampTheDefaultMaximumToTheLimit() {
        // given
        start(", max_tpm: 100, settle: none", ", max_tpm: 5000, settle: none");

        // when
        HttpResponse<String> clamped = gateway.chat("gpt-4o");
        HttpResponse<String> whole = gateway.chat("gpt-4o");

        // then
        assertThat(header(clamped, "x-gateway-instance")).isEqualTo("first");
        assertThat(header(clamped, "x-ratelimit-remaining-tokens")).isEqualTo("0");
        assertThat(header(whole, "x-ratelimit-remaining-tokens")).as("9 and the default 700").isEqualTo("4291");
    }

    @Test
    void shouldNameBothNumbersWhenThePromptIsTooLongForAll() {
        // given
        start(", max_input_tokens: 5", ", max_input_tokens: 8");

        // when
        HttpResponse<String> response = reserving(gateway, 20);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"context_length_exceeded\"", "is 8 tokens", "in 9 tokens");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void shouldPassOverInstancesThatTakeOnlyShorterPrompts() {
        // given
        start(", max_input_tokens: 8", ", max_input_tokens: 9");

        // when
        HttpResponse<String> response = reserving(gateway, 20);

        // then
        assertThat(header(response, "x-gateway-instance")).isEqualTo("second");
        assertThat(header(response, "x-gateway-attempts")).isEqualTo("1");
    }

    /** Six characters that are 3 tokens of o200k_base, the model's own, and 5 of cl100k_base; the message adds 7. */
    @Test
    void shouldCountAPromptByTheTokenizerOfTheInstance() {
        // given
        start(", max_input_tokens: 11, tokenizer: cl100k_base", ", max_input_tokens: 11");

        // when
        HttpResponse<String> response = gateway.post("/v1/chat/completions", PricedRequest.body(20).replace("Hello!", "中文字符编码"));

        // then
        assertThat(header(response, "x-gateway-instance")).isEqualTo("second");
    }

    @Test
    void shouldNameTheCountOfTheInstanceThatTakesMost() {
        // given
        start(", max_input_tokens: 11, tokenizer: cl100k_base", ", max_input_tokens: 9");

        // when
        HttpResponse<String> response = gateway.post("/v1/chat/completions", PricedRequest.body(20).replace("Hello!", "中文字符编码"));

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"context_length_exceeded\"", "is 11 tokens", "in 12 tokens");
    }

    @Test
    void shouldLimitNothingWhenSwitchedOff() {
        // given
        gateway = TestGateway.builder().clock(clock).variable("RATE_LIMIT_ENABLED", "false").settings(
                "rate_limit: { tpm: 10 }\ninstances:\n" + instance("first", first, 1, ", max_tpm: 10")).start();

        // when
        HttpResponse<String> response = reserving(gateway, 5_000);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-ratelimit-limit-tokens")).isNull();
    }

    private void start(String ofFirst, String ofSecond) {
        gateway = TestGateway.builder().clock(clock).settings("rate_limit: { default_max_tokens: 700 }\ninstances:\n"
                + instance("first", first, 1, ofFirst) + instance("second", second, 2, ofSecond)).start();
    }
}
