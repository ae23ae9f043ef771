package dev.openaigateway.routing;

import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients learn of the errors of upstreams when all attempts failed. */
class QuotedErrorTest extends SharedUpstreams {

    /** The third instance is the only one that serves it. */
    private static final String OF_ONE = "o1";

    @Test
    void shouldSayOfALimitWhatTheOnlyInstanceSays() {
        upstreams.third.respond(limited("requests", "one", "1").header("x-should-retry", "false"));

        HttpResponse<String> response = upstreams.gateway.chat(OF_ONE);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("\"message\":\"one\",\"type\":\"requests\",\"param\":\"model\",\"code\":\"slow_down\"", "\"attempts\":[");
        HttpHeaders headers = response.headers();
        assertThat(headers.allValues("x-should-retry")).containsExactly("false");
        assertThat(headers.allValues("retry-after")).containsExactly("1");
        assertThat(headers.firstValue("x-ratelimit-remaining-requests")).hasValue("one");
        assertThat(headers.firstValue("openai-processing-ms")).hasValue("one");
        assertThat(headers.firstValue("x-gateway-instance")).isEmpty();
    }

    @Test
    void shouldQuoteTheInstanceThatHasRoomFirst() {
        upstreams.first.respond(limited("tokens", "one", "30"));
        upstreams.second.respond(limited("requests", "two", "5"));
        upstreams.third.respond(limited("tokens", "three", "20"));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.body()).contains("All instances for this model are at their limit. ", "\"type\":\"requests\"", "\"code\":\"slow_down\"");
        assertThat(response.headers().firstValue("retry-after")).hasValue("5");
        assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("two");
    }

    /** Another instance may serve the next try. */
    @ParameterizedTest
    @CsvSource({"false, false, false", "false, true, ", "false, , "})
    void shouldSayWhetherToTryAgainIfAllInstancesAgree(String ofFirst, String ofOthers, String expected) {
        HttpReply others = ofOthers == null ? limited("tokens", "x", "5") : limited("tokens", "x", "5").header("x-should-retry", ofOthers);
        upstreams.allRespond(others);
        upstreams.first.respond(limited("tokens", "x", "5").header("x-should-retry", ofFirst));

        assertThat(upstreams.chat().headers().firstValue("x-should-retry").orElse(null)).isEqualTo(expected);
    }

    @Test
    void shouldNotAdviseAgainstATryThatABenchedInstanceMayServe() {
        upstreams.allRespond(limited("tokens", "x", "20"));
        upstreams.third.respond(limited("tokens", "x", "5").header("x-should-retry", "false"));
        upstreams.chat();
        upstreams.clock.advance(Duration.ofSeconds(6));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.body()).contains("All instances for this model are at their limit. ", "\"third\"").doesNotContain("\"first\"");
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "503, 503", "408, 504", "409, 502"})
    void shouldPassOnCodeParameterAndHeadersOfAFailure(int status, int expected) {
        upstreams.third.respond(quoted(Reply.error(status, "{\"error\":{\"message\":\"one\",\"param\":\"model\",\"code\":\"overheated\"}}"), "one"));

        HttpResponse<String> response = upstreams.gateway.chat(OF_ONE);

        assertThat(response.statusCode()).isEqualTo(expected);
        assertThat(response.body()).contains("\"type\":\"server_error\",\"param\":\"model\",\"code\":\"overheated\"");
        assertThat(response.headers().firstValue("openai-processing-ms")).hasValue("one");
        assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("one");
    }

    /** Azure repeats the status as its code. */
    @Test
    void shouldKeepTheCodeIfTheUpstreamsIsAStatus() {
        upstreams.third.respond(Reply.error(429, "429", "slow down"));

        assertThat(upstreams.gateway.chat(OF_ONE).body()).contains("\"code\":\"rate_limit_exceeded\"");
    }

    @ParameterizedTest
    @CsvSource({"401, invalid_api_key", "403, forbidden"})
    void shouldKeepARefusedKeyToItself(int status, String code) {
        upstreams.third.respond(quoted(Reply.error(status, code, "Wrong key."), "one"));

        HttpResponse<String> response = upstreams.gateway.chat(OF_ONE);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"upstream_error\"");
        assertThat(response.headers().firstValue("openai-processing-ms")).isEmpty();
        assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).isEmpty();
    }

    private static HttpReply limited(String type, String name, String seconds) {
        return quoted(Reply.error(429, "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":\"model\",\"code\":\"slow_down\"}}".formatted(name, type)), name)
                .header("retry-after", seconds);
    }

    private static HttpReply quoted(HttpReply reply, String name) {
        return reply.header("x-ratelimit-remaining-requests", name).header("openai-processing-ms", name);
    }
}
