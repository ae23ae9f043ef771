package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** One request that is refused in the words of a wrong key, an empty account or a limit takes no instance from others. */
@GatewayTest
class RequestAtFaultTest {

    private static final String POISON = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"xyzzy\"}]}";
    private static final String TOO_LARGE = "{\"error\":{\"message\":\"Request too large for gpt-4o in organization org-x on tokens per min (TPM):"
            + " Limit 30000, Requested 50000.\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}";
    private static final String UNAFFORDABLE = "{\"error\":{\"message\":\"This request requires more credits, or fewer max_tokens. You requested up to"
            + " 64000 tokens, but can only afford 3000\",\"code\":402}}";
    private static final String FLAGGED = "{\"error\":{\"code\":403,\"message\":\"openai/gpt-4o requires moderation on OpenAI. Your input was flagged.\","
            + "\"metadata\":{\"reasons\":[\"violence\"],\"flagged_input\":\"x\"}}}";

    private final Upstreams upstreams = new Upstreams("routing: { strategy: failover }\nbreaker: { window: 4, minimum_calls: 4, open_for: 30, probes: 1 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"401 | {}", "403 | {}", "403 | <html>", "401 | <html>", "402 | nonsense", "403 | " + FLAGGED, "402 | " + UNAFFORDABLE,
        "429 | " + TOO_LARGE, "429 | {\"error\":{\"code\":\"insufficient_quota\"}}", "500 | {}"}, quoteCharacter = '~')
    void shouldServeOthersAfterARequestThatEveryInstanceRefuses(int status, String body) {
        allRespond(RequestAtFaultTest::isPoisoned, Reply.body(status, body.startsWith("<") ? "text/html" : "application/json", body.getBytes()));
        for (int i = 0; i < 8; i++) {
            assertThat(poison().statusCode()).isGreaterThanOrEqualTo(400);
        }

        for (String model : new String[] {"gpt-4o", "o1"}) {
            HttpResponse<String> other = upstreams.gateway.chat(model);
            assertThat(other.statusCode()).as(model).isEqualTo(200);
            assertThat(other.headers().firstValue("x-gateway-attempts")).as(model).hasValue("1");
        }
        assertThat(upstreams.gateway.get("/admin/instances").body()).doesNotContain("\"open\"");
    }

    @Test
    void shouldSayUnchangedThatARequestIsTooLarge() {
        upstreams.allRespond(Reply.error(429, TOO_LARGE).header("retry-after", "60"));
        assertThat(poison().body()).isEqualTo(TOO_LARGE);
        upstreams.second.respond(Reply.rateLimited("retry-after", "3"));

        HttpResponse<String> limited = poison();
        assertThat(limited.statusCode()).as("the instance at its limit may have room later").isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).hasValue("3");
    }

    @Test
    void shouldPassOnTheRefusalOfAModeration() {
        upstreams.allRespond(Reply.error(403, FLAGGED));

        HttpResponse<String> response = poison();
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo(FLAGGED);
        assertThat(upstreams.counts()).isEqualTo(List.of(1, 0, 0));
    }

    @Test
    void shouldSkipOnlyTheModelThatTheKeyMayNotUse() {
        upstreams.second.close();
        onlyThird();
        upstreams.third.respond(Reply.chat("ok"));
        upstreams.gateway.chat("o1");
        allRespond(request -> request.text().contains("gpt-4o"), Reply.error(401, "PermissionDenied", "The principal lacks the required data action."));
        for (int i = 0; i < 4; i++) {
            assertThat(upstreams.chat().statusCode()).isEqualTo(502);
        }

        String instances = upstreams.gateway.get("/admin/instances").body();
        assertThat(instances).contains("\"deployment\":\"gpt-4o\",\"status\":\"error\",\"breaker\":\"open\"").doesNotContain("\"own_breaker\":\"open\"");
        assertThat(upstreams.gateway.chat("o1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSkipAnInstanceSoonWhoseKeyIsNoLongerValid() {
        upstreams.allRespond(Reply.chat("ok"));
        upstreams.chat();
        upstreams.first.respond(Reply.error(401, "invalid_api_key", "no"));
        for (int i = 0; i < 8; i++) {
            assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        }

        assertThat(upstreams.counts().get(0)).isLessThanOrEqualTo(5);
    }

    @Test
    void shouldNotShowTheClientAnUpstreamsRefusalOfAModelAsItsOwn() {
        upstreams.allRespond(Reply.error(403, "model_not_found", "Project x does not have access to model y"));

        assertThat(poison().statusCode()).isEqualTo(502);
        assertThat(upstreams.gateway.get("/admin/instances").body()).doesNotContain("\"open\"");
    }

    @Test
    void shouldBenchAnAccountAfterASecondRequestAndNoneThatWasServed() {
        onlyThird();
        upstreams.third.respond(Reply.error(402, "x", "Insufficient Balance"));
        poison();
        poison();
        assertThat(upstreams.counts().get(2)).as("the same request again").isEqualTo(2);
        upstreams.third.enqueue(Reply.chat("ok"));
        upstreams.chat();
        upstreams.chat();
        upstreams.gateway.chat("o1");
        assertThat(upstreams.counts().get(2)).isEqualTo(5);

        assertThat(upstreams.chat().body()).contains("insufficient_quota");
        assertThat(upstreams.counts().get(2)).as("benched").isEqualTo(5);
    }

    /** A probe sends the same request again and again. */
    @Test
    void shouldBenchAnEmptyAccountAfterManyRefusalsOfOneRequest() {
        upstreams.first.respond(Reply.json(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"));
        for (int i = 0; i < 20; i++) {
            assertThat(poison().statusCode()).isEqualTo(200);
        }

        assertThat(upstreams.counts().get(0)).isEqualTo(10);
    }

    private void onlyThird() {
        List.of("first", "second").forEach(name -> upstreams.gateway.put("/admin/instances/" + name + "/config", "{\"enabled\": false}"));
    }

    private HttpResponse<String> poison() {
        return upstreams.gateway.post("/v1/chat/completions", POISON);
    }

    private void allRespond(Predicate<RecordedRequest> poisoned, Reply reply) {
        List.of(upstreams.first, upstreams.second, upstreams.third)
                .forEach(upstream -> upstream.respond(request -> poisoned.test(request) ? reply : Reply.chat("ok")));
    }

    private static boolean isPoisoned(RecordedRequest request) {
        return request.text().contains("xyzzy");
    }
}
