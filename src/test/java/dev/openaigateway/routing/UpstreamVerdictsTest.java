package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What upstreams say about their account, their load and the key, and what clients learn of it. */
@GatewayTest
class UpstreamVerdictsTest {

    private static final String NO_CREDIT = "{\"error\":{\"message\":\"Your credit balance is too low to access the API.\",\"type\":\"invalid_request_error\"}}";
    private static final String TOO_LARGE = "{\"error\":{\"message\":\"Request too large for model on tokens per minute (TPM)\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}";

    private final Upstreams upstreams = new Upstreams("routing: { strategy: failover }\nbreaker: { window: 4, minimum_calls: 4 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "402 | {\"error\":{\"message\":\"Insufficient Balance\",\"code\":\"invalid_request_error\"}}", "402 | nonsense", "400 | " + NO_CREDIT,
        "429 | {\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}"})
    void shouldCallTheNextInstanceAndBenchTheAccountWithoutCredit(int status, String body) {
        upstreams.third.respond(Reply.error(status, body));
        enable("third", "second");

        assertThat(upstreams.gateway.chat("o1").statusCode()).isEqualTo(429);
        assertThat(Upstreams.instance(upstreams.chat())).as("another request").isEqualTo("second");
        assertThat(upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"o1\"}").statusCode()).isEqualTo(429);
        upstreams.clock.advance(Duration.ofMinutes(9));
        HttpResponse<String> other = upstreams.gateway.chat("o1");

        assertThat(other.statusCode()).isEqualTo(429);
        assertThat(other.body()).contains("insufficient_quota");
        assertThat(other.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(upstreams.chat().statusCode()).as("another account").isEqualTo(200);
        assertThat(upstreams.counts()).as("benched for all models").isEqualTo(List.of(0, 2, 2));
        assertThat(upstreams.gateway.get("/admin/route?model=gpt-4o").body()).contains("out of credit; benched for another 60000 ms, for all models");
    }

    @Test
    void shouldCallTheNextInstanceWhenARequestIsTooLargeForALimit() {
        upstreams.first.respond(Reply.error(413, TOO_LARGE));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        assertThat(Upstreams.instance(upstreams.chat())).as("not benched, since other requests may fit").isEqualTo("second");
        assertThat(upstreams.counts()).isEqualTo(List.of(2, 2, 0));

        upstreams.allRespond(Reply.error(413, TOO_LARGE));
        HttpResponse<String> refused = upstreams.chat();
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo(TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"503, code, model_not_found", "500, type, authentication_error"})
    void shouldCountAnOutageWhateverItsCodeSays(int status, String member, String value) {
        upstreams.first.respond(Reply.error(status, "{\"error\":{\"message\":\"No available channel for model gpt-4o\",\"" + member + "\":\"" + value + "\"}}"));
        for (int i = 0; i < 12; i++) {
            assertThat(Upstreams.instance(upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[],\"seed\":" + i + "}")))
                    .isEqualTo("second");
        }

        assertThat(upstreams.first.requests()).as("until the breaker of the model opens").hasSize(4);
        assertThat(upstreams.gateway.get("/admin/instances").body()).as("that of the instance").contains("\"own_breaker\":\"closed\"")
                .doesNotContain("\"own_breaker\":\"open\"");
    }

    @Test
    void shouldTellTheWaitOfA503AndGoOnWithA503WhileItLasts() {
        upstreams.allRespond(Reply.error(503, "busy", "busy").header("retry-after", "20"));
        upstreams.second.respond(Reply.error(503, "busy", "busy").header("retry-after", "7"));

        HttpResponse<String> first = upstreams.chat();
        upstreams.clock.advance(Duration.ofSeconds(2));
        HttpResponse<String> later = upstreams.chat();

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("retry-after")).hasValue("7");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.body()).contains("no_instance_available").doesNotContain("at their limit");
        assertThat(later.headers().firstValue("retry-after")).hasValue("5");
        assertThat(upstreams.counts()).isEqualTo(List.of(1, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void shouldTellTheClientNotToTryAgainWhenEveryInstanceRefusesTheKey(int status) {
        upstreams.allRespond(Reply.error(status, "invalid_api_key", "no"));
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> response = upstreams.chat();

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.headers().firstValue("x-should-retry")).as("also while the breakers are open").hasValue("false");
        }
    }

    @Test
    void shouldNotSaySoWhenAnotherInstanceFailedForATime() {
        upstreams.allRespond(Reply.error(401, "invalid_api_key", "no"));
        upstreams.second.respond(Reply.rateLimited("retry-after", "3"));

        assertThat(upstreams.chat().headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void shouldGoOnToCallAnInstanceForOtherModelsWhenItsKeyIsRefusedForOne() {
        upstreams.third.respond(request -> request.text().contains("gpt-4o")
                ? Reply.error(403, "{\"error\":{\"message\":\"Your organization must be verified to use the model `gpt-4o`.\",\"code\":null}}") : Reply.chat("Hi"));
        enable("third");
        for (int i = 0; i < 8; i++) {
            assertThat(upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[],\"seed\":" + i + "}").statusCode()).isEqualTo(502);
        }

        assertThat(upstreams.gateway.get("/admin/instances").body()).as("it had served nothing before").doesNotContain("\"own_breaker\":\"open\"");
        assertThat(upstreams.gateway.chat("o1").statusCode()).isEqualTo(200);
    }

    private void enable(String... names) {
        List.of("first", "second", "third").forEach(name -> upstreams.gateway.put("/admin/instances/" + name + "/config",
                "{\"enabled\": " + List.of(names).contains(name) + "}"));
    }
}
