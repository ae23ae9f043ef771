package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance that will refuse every request does not decide for one that is only out for a while. */
@GatewayTest
class OutrankedErrorTest {

    private final Upstreams upstreams = new Upstreams("routing: { strategy: failover }\nbreaker: { window: 4, minimum_calls: 4 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @CsvSource({"503, 404, model_not_found, 503", "429, 404, model_not_found, 429", "503, 413, rate_limit_exceeded, 503", "429, 413, rate_limit_exceeded, 429",
        "503, 401, invalid_api_key, 503", "429, 401, invalid_api_key, 429", "429, 500, boom, 429"})
    void shouldTellTheWaitOfTheInstanceThatMayServeTheRequestLater(int limit, int other, String code, int expected) {
        others(Reply.error(other, code, "no"));
        upstreams.first.respond(Reply.error(limit, "busy", "busy").header("retry-after", "20"));

        HttpResponse<String> first = upstreams.chat();

        assertThat(first.statusCode()).isEqualTo(expected);
        assertThat(first.headers().firstValue("retry-after")).hasValue("20");
        assertThat(first.headers().firstValue("x-should-retry")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"503, 404, model_not_found, 503", "429, 404, model_not_found, 429", "503, 413, rate_limit_exceeded, 503", "429, 413, rate_limit_exceeded, 429",
        "503, 401, invalid_api_key, 503", "429, 401, invalid_api_key, 429"})
    void shouldTellWhatIsLeftOfItWhileOnlyTheOthersAreAsked(int limit, int other, String code, int expected) {
        others(Reply.error(other, code, "no"));
        upstreams.first.respond(Reply.error(limit, "busy", "busy").header("retry-after", "20"));
        upstreams.chat();

        HttpResponse<String> later = upstreams.chat();

        assertThat(upstreams.first.requests()).hasSize(1);
        assertThat(later.statusCode()).isEqualTo(expected);
        assertThat(later.headers().firstValue("retry-after")).hasValue("20");
        assertThat(upstreams.gateway.get("/admin/alerts").body()).contains("all_instances_out");
    }

    @Test
    void shouldBeUnavailableWhileTheBreakerOfTheInstanceIsOpen() {
        others(Reply.error(404, "model_not_found", "no"));
        upstreams.first.respond(Reply.error(500, "boom", "boom"));
        for (int i = 0; i < 4; i++) {
            upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"%d\"}]}".formatted(i));
        }

        HttpResponse<String> response = upstreams.chat();

        assertThat(upstreams.first.requests()).hasSize(4);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("no_instance_available");
        assertThat(response.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void shouldBeOutOfCreditWhileTheOnlyAccountThatKnowsTheModelIs() {
        others(Reply.error(404, "model_not_found", "no"));
        upstreams.first.respond(Reply.error(402, "insufficient_quota", "no credit"));
        upstreams.chat();
        upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"another\"}]}");

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("insufficient_quota");
    }

    private void others(Reply reply) {
        upstreams.second.respond(reply);
        upstreams.third.respond(reply);
    }
}
