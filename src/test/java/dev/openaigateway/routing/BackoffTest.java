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

@GatewayTest
class BackoffTest {

    private final Upstreams upstreams = new Upstreams("routing: { strategy: failover }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms, 1500, 1500", "x-ms-retry-after-ms, 2500, 2500", "retry-after, 3, 3000", "retry-after, 0.5, 500",
        "'retry-after', 'Thu, 01 Jan 2026 00:00:07 GMT', 7000", "retry-after, nonsense, 1000", "retry-after, -5, 1000",
        "retry-after, 86400, 600000", "x-none, 1, 1000"
    })
    void shouldBenchARateLimitedInstanceForTheRequestedWait(String header, String value, long millis) {
        upstreams.first.enqueue(Reply.rateLimited(header, value));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");

        upstreams.clock.advance(Duration.ofMillis(millis - 1));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        assertThat(upstreams.counts().get(0)).isEqualTo(1);
        upstreams.clock.advance(Duration.ofMillis(1));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
    }

    @Test
    void shouldReadTheWaitFromAzuresMessage() {
        upstreams.first.enqueue(Reply.error(429, "429", "Requests to this API have exceeded the limit. Please retry after 37 seconds."));
        upstreams.chat();

        upstreams.clock.advance(Duration.ofSeconds(36));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
        upstreams.clock.advance(Duration.ofSeconds(1));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
    }

    @Test
    void shouldReportTheShortestWaitWhenAllAreBenched() {
        upstreams.first.enqueue(Reply.rateLimited("retry-after", "30"));
        upstreams.second.enqueue(Reply.rateLimited("retry-after-ms", "4200"));
        upstreams.third.enqueue(Reply.rateLimited("retry-after", "9"));

        HttpResponse<String> tried = upstreams.chat();
        upstreams.clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> untried = upstreams.chat();

        assertThat(tried.statusCode()).isEqualTo(429);
        assertThat(tried.headers().firstValue("retry-after-ms")).hasValue("4200");
        assertThat(tried.headers().firstValue("retry-after")).hasValue("5");
        assertThat(tried.body()).contains("rate_limit_exceeded").contains("\"status\":429");
        assertThat(untried.statusCode()).isEqualTo(429);
        assertThat(untried.headers().firstValue("retry-after-ms")).hasValue("3200");
        assertThat(untried.headers().firstValue("retry-after")).hasValue("4");
        assertThat(upstreams.counts()).isEqualTo(List.of(1, 1, 1));
    }

    @Test
    void shouldBenchAnInstanceWithoutCreditForMinutes() {
        upstreams.first.respond(Reply.error(429, "insufficient_quota", "You exceeded your current quota."));
        upstreams.chat();
        upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}");
        upstreams.first.respond(Reply.chat("ok"));

        upstreams.clock.advance(Duration.ofMinutes(9));

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
    }

    @Test
    void shouldReportThatAllAccountsAreOutOfCredit() {
        upstreams.allRespond(Reply.error(429, "insufficient_quota", "You exceeded your current quota."));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("\"code\":\"insufficient_quota\"");
    }

    @Test
    void shouldBenchAnUnavailableInstanceForTheRequestedWait() {
        upstreams.first.enqueue(Reply.error(503, "busy", "busy").header("retry-after", "5"));
        upstreams.chat();

        upstreams.clock.advance(Duration.ofSeconds(4));

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
    }
}
