package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits are charged for what rules have made of a request. The client has 100 tokens a minute, the instance 90. */
@GatewayTest
class ChangedRequestLimitsTest {

    private static final String LONG = "one ".repeat(30).strip();

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules("""
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - choice:
                            when:
                              - expression: { simple: { expression: "${header.x-rule} == 'cap'" } }
                                steps:
                                  - to: { uri: "request:cap?max_tokens=10" }
                              - expression: { simple: { expression: "${header.x-rule} == 'long'" } }
                                steps:
                                  - to: { uri: "request:system", parameters: { text: "%s" } }
                        - to: { uri: "instance:*" }
                """.formatted(LONG)).path()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 100 } ] }
                routing: { retries: 0 }
                instances:
                """ + instance("east", upstream, 1, ", max_tpm: 90")).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldGiveBackAtOnceWhatARuleTakesAway() {
        CountDownLatch answered = new CountDownLatch(1);
        upstream.enqueue((line, request) -> {
            answered.await();
            Reply.chat("Hi", 9, 1).writeTo(line, request);
        });
        try (RawClient first = RawClient.connect(gateway.port())) {
            first.post("/v1/chat/completions", PricedRequest.body(95), "api-key: alice-key", "x-rule: cap");
            upstream.awaitRequests(1);

            HttpResponse<String> second = send(70, "cap");

            assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
            answered.countDown();
            assertThat(first.response().status()).isEqualTo(200);
        }
        assertThat(upstream.requests()).allSatisfy(request -> assertThat(request.text()).contains("\"max_tokens\":10,"));
        settled();
    }

    @Test
    void shouldRefuseWhatARuleMakesTooLarge() {
        assertThat(send(75, "none").statusCode()).isEqualTo(200);
        settled();
        clock.advance(Duration.ofMinutes(2));

        HttpResponse<String> byClient = send(75, "long");
        HttpResponse<String> byInstance = send(60, "long");

        assertThat(byClient.statusCode()).isEqualTo(429);
        assertThat(byClient.body()).contains("client 'alice'", "rate_limit_exceeded");
        assertThat(byInstance.statusCode()).isEqualTo(429);
        assertThat(byInstance.body()).contains("All instances");
        assertThat(upstream.requests()).hasSize(1);
        settled();
        assertThat(send(75, "none").statusCode()).as("nothing of the refused requests is charged").isEqualTo(200);
    }

    @Test
    void shouldAdmitWhatFitsOnceARuleHasCappedIt() {
        HttpResponse<String> refused = send(5000, "none");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("Limit 100, Requested 5000.");
        settled();
        assertThat(send(5000, "cap").statusCode()).isEqualTo(200);
        assertThat(upstream.requests()).singleElement().satisfies(request -> assertThat(request.text()).contains("\"max_tokens\":10,"));
        settled();
    }

    @Test
    void shouldChargeTheChangedPromptIfNoUsageIsReported() {
        upstream.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(send(20, "long").statusCode()).isEqualTo(200);
        settled();

        assertThat(Integer.parseInt(header(send(10, "none"), "x-ratelimit-remaining-tokens")))
                .as("90 of the instance, less about 9 + 34 of the prompt, 1 of the response and 10").isBetween(33, 39);
    }

    private HttpResponse<String> send(int tokens, String rule) {
        return reserving(gateway, tokens, "api-key", "alice-key", "x-rule", rule);
    }

    private void settled() {
        Eventually.holds("all reservations are settled", () -> gateway.metric("gateway_reservations_open", "api-key", "alice-key") == 0);
    }
}
