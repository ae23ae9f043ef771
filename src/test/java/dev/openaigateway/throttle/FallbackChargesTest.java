package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.tokenizer.prompt.PromptCounter;
import dev.openaigateway.tokenizer.prompt.PromptKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits of a client whose request falls back from gpt-4o to gpt-4, whose tokenizer counts more for some languages. */
@GatewayTest
class FallbackChargesTest {

    private static final String BODY = "{\"model\":\"gpt-4o\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\""
            + "नमस्ते दुनिया ".repeat(10) + "\"}]}";

    private final ScriptedUpstream large = ScriptedUpstream.start();
    private final ScriptedUpstream other = ScriptedUpstream.start();
    private final ScriptedUpstream mirror = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;
    private long tpm;

    @AfterEach
    void stop() {
        gateway.close();
        large.close();
        other.close();
        mirror.close();
    }

    @Test
    void shouldFallBackOnlyIfTheLargerAmountFits() {
        long less = count("gpt-4o");
        long more = count("gpt-4");
        assertThat(more).isGreaterThan(less);
        start("error", more + 9, 0);
        large.respond(Reply.error(500, "boom", "boom"));

        assertThat(post().statusCode()).as("%d tokens are reserved, %d more do not fit", less, more - less).isEqualTo(500);
        assertThat(other.requests()).isEmpty();
        assertThat(used()).isZero();
    }

    @Test
    void shouldChargeTheClientOnce() {
        start("error", count("gpt-4") + 10, 0);
        large.respond(Reply.error(500, "boom", "boom"));
        other.respond(Reply.chat("other", 30, 7));

        HttpResponse<String> response = post();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-ratelimit-remaining-tokens")).as("all is reserved").hasValue("0");
        assertThat(used()).isEqualTo(37);
    }

    @Test
    void shouldAskTheFallbackWhenTheClientsBudgetIsExhausted() {
        start("budget", 200, 0);
        large.respond(Reply.chat("large", 150, 40));
        other.respond(Reply.chat("other", 150, 40));
        assertThat(post().headers().firstValue("x-gateway-model")).isEmpty();

        HttpResponse<String> response = post();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-model")).hasValue("gpt-4");
        assertThat(large.requests()).hasSize(1);
        assertThat(mirror.awaitRequests(1)).as("a refused request is not mirrored").hasSize(1);
        assertThat(used()).as("the fallback is not charged").isEqualTo(190);
        clock.advance(Duration.ofSeconds(62));
        assertThat(post().headers().firstValue("x-gateway-model")).as("the minute has passed").isEmpty();
    }

    @Test
    void shouldChargeTheGatewayForAFallbackWithoutUsage() {
        start("budget", 200, 0);
        large.respond(Reply.chat("large", 150, 40));
        other.respond(Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}"));
        post();
        long before = leftOfGateway();

        post();

        assertThat(other.requests()).hasSize(1);
        assertThat(before - leftOfGateway()).isEqualTo(count("gpt-4o") + 1);
    }

    @Test
    void shouldRefuseAnExhaustedClientWithoutSuchAFallback() {
        start("error,context_length", 200, 0);
        large.respond(Reply.chat("large", 150, 40));
        post();

        HttpResponse<String> response = post();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("Rate limit reached for client 'app' on tokens per min (TPM): Limit 200");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("0");
    }

    @Test
    void shouldGiveTheClientsErrorIfTheFallbackFailsOrIsDeclined() {
        start("any", 200, 0);
        large.respond(Reply.chat("large", 150, 40));
        other.respond(Reply.error(503, "boom", "boom"));
        post();

        assertThat(post().body()).contains("Rate limit reached for client 'app'");
        HttpResponse<String> declined = post("x-gateway-fallback", "off");

        assertThat(declined.statusCode()).isEqualTo(429);
        assertThat(declined.headers().firstValue("retry-after")).isPresent();
        assertThat(other.requests()).hasSize(1);
    }

    @Test
    void shouldKeepTheLimitOfRequestsForFallbacks() {
        start("budget", 200, 2);
        large.respond(Reply.chat("large", 150, 40));
        post();
        post();

        assertThat(post().body()).contains("requests per min (RPM)");
        assertThat(other.requests()).hasSize(1);
    }

    private void start(String when, long limit, long rpm) {
        tpm = limit;
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(OneRoute.of("""
                - wireTap: { uri: "instance:mirror" }
                - loadBalance:
                    customLoadBalancer: { ref: failover }
                    steps:
                      - to: { uri: "instance:large" }
                      - to: { uri: "instance:other", parameters: { model: gpt-4, when: "%s" } }
                """.formatted(when))).path()).settings("""
                rate_limit: { tpm: 1000000 }
                clients: { keys: [{ name: app, key: k, tpm: %d, rpm: %d }] }
                instances:
                  - { name: large, provider_type: generic, api_base: "%s", supported_models: [gpt-4o] }
                  - { name: other, provider_type: generic, api_base: "%s", supported_models: [gpt-4] }
                  - { name: mirror, provider_type: generic, api_base: "%s" }
                """.formatted(tpm, rpm, large.uri(), other.uri(), mirror.uri())).start();
    }

    private HttpResponse<String> post(String... headers) {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", BODY,
                Stream.concat(Stream.of("api-key", "k"), Stream.of(headers)).toArray(String[]::new));
        Eventually.holds("the call is settled", () -> gateway.metric("gateway_reservations_open") == 0);
        return response;
    }

    private long leftOfGateway() {
        return (long) gateway.metric("gateway_tokens_remaining{limit=\"gateway\",name=\"gateway\"}");
    }

    /** Tokens charged to the client. */
    private long used() {
        return tpm - (long) gateway.metric("gateway_tokens_remaining{limit=\"client\",name=\"app\"}");
    }

    private static long count(String model) {
        return PromptCounter.count(PromptKind.CHAT, BODY.getBytes(StandardCharsets.UTF_8), model, Optional.empty()).prompt();
    }
}
