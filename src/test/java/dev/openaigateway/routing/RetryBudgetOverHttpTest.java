package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Retries stop while they only add load, and one request does not use up the retries of others. */
@GatewayTest
class RetryBudgetOverHttpTest {

    private static final Reply FAILURE = Reply.error(500, "boom", "boom");

    /** No breaker opens, so that the retry budget decides. */
    private final Upstreams upstreams = new Upstreams("routing: { strategy: failover }\nbreaker: { window: 1000, minimum_calls: 1000 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @Test
    void shouldKeepTheFailoverOfOthersWhenARequestFailsAgainAndAgain() {
        upstreams.allRespond(FAILURE);
        IntStream.range(0, 30).forEach(i -> post("xyzzy", "x-stainless-retry-count", "1"));
        upstreams.second.respond(Reply.chat("ok"));
        upstreams.third.respond(Reply.chat("ok"));

        assertThat(upstreams.chat().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBoundTheRetriesWhileEverythingIsDown() {
        upstreams.allRespond(FAILURE);
        IntStream.range(0, 30).forEach(i -> post("request " + i));

        assertThat(upstreams.counts()).isEqualTo(List.of(30, 20, 20));
    }

    @Test
    void shouldCountTheRetriesOfClients() {
        useUpThird();
        upstreams.first.respond(FAILURE);
        int before = upstreams.counts().get(2);

        upstreams.chat();
        assertThat(upstreams.counts()).as("the gateway's own retry is left out").isEqualTo(List.of(1, 0, before));
        upstreams.clock.advance(Duration.ofSeconds(30));
        upstreams.chat();
        assertThat(upstreams.counts().get(2)).isGreaterThan(before);
    }

    @Test
    void shouldSayThatALimitIsReachedWhenNoRetryIsLeft() {
        useUpThird();
        upstreams.first.respond(Reply.rateLimited("retry-after", "3"));

        assertThat(upstreams.chat().statusCode()).isEqualTo(429);
    }

    @Test
    void shouldBringBackRetriesWithAReset() {
        useUpThird();
        upstreams.first.respond(FAILURE);
        upstreams.third.respond(Reply.chat("ok"));
        assertThat(upstreams.chat().statusCode()).isEqualTo(500);

        upstreams.gateway.post("/admin/instances/third/reset", "");

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("third");
    }

    private void useUpThird() {
        enable("first", false);
        enable("second", false);
        upstreams.third.respond(FAILURE);
        IntStream.range(0, 20).forEach(i -> post("request " + i, "x-stainless-retry-count", "1"));
        enable("first", true);
    }

    private void enable(String instance, boolean enabled) {
        upstreams.gateway.put("/admin/instances/" + instance + "/config", "{\"enabled\": " + enabled + "}");
    }

    private void post(String text, String... headers) {
        upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}", headers);
    }
}
