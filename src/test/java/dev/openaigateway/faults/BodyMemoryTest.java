package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The budget for all bodies together is 2,000 bytes. Each byte of a body counts twice, because a body is copied. */
class BodyMemoryTest extends TwoInstances {

    private static final String LARGE = "{\"model\":\"gpt-4o\",\"messages\":[],\"user\":\"" + "x".repeat(930) + "\"}";
    private static final String KEY = "Authorization: Bearer key-of-client";

    @Override
    String moreSettings() {
        return "clients: { body_memory: 2000, keys: [{ name: client, key: key-of-client }] }\nadmin: { token: secret-token }";
    }

    @AfterEach
    void nothingIsHeld() {
        Eventually.holds("no memory is held", () -> gateway.metric("gateway_memory_held_bytes", ADMIN) == 0);
    }

    @Test
    void shouldRefuseABodyThatDoesNotFit() {
        try (RawClient sending = sending("Content-Length: " + LARGE.length()).send(LARGE.substring(0, 960))) {
            awaitStatus(503);
            HttpResponse<String> refused = keyed();

            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.headers().firstValue("retry-after-ms")).hasValue("1000");
            assertThat(refused.body()).contains("\"type\":\"server_error\"", "\"code\":\"gateway_overloaded\"");
            assertRecorded("gateway_overloaded", refused.headers().firstValue("x-request-id").orElseThrow());
            assertThat(gateway.get("/v1/models", "Authorization", "Bearer key-of-client").statusCode()).as("without a body").isEqualTo(200);

            assertThat(sending.send(LARGE.substring(960)).response().status()).isEqualTo(200);
            awaitStatus(200);
        }
    }

    @Test
    void shouldReserveMemoryForReceivedBytesOnly() {
        try (RawClient one = sending("Content-Length: 990").send("{"); RawClient two = sending("Content-Length: 990");
                RawClient three = sending("Transfer-Encoding: chunked").send("1\r\n{\r\n")) {
            assertThat(keyed().statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, "/deepseek/chat/completions", "/openai/deployments/gpt-4o/chat/completions"})
    void shouldReadNoBodyOfAClientWithoutAKey(String path) {
        String flood = "y".repeat(5_000);
        try (RawClient unknown = client().send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 10000\r\n\r\n" + flood)) {
            assertThat(unknown.response().status()).as("before the body has arrived").isEqualTo(401);
            assertThat(gateway.metric("gateway_memory_held_bytes", ADMIN)).isZero();

            unknown.send(flood).get("/health");
            assertThat(unknown.response().status()).as("the rest of the body was discarded").isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseABodyInTheMiddleWhenMemoryIsFullAndDiscardTheRest() {
        try (RawClient first = sending("Content-Length: " + LARGE.length());
                RawClient second = sending("Content-Length: " + LARGE.length())) {
            first.send(LARGE.substring(0, 600));
            second.send(LARGE.substring(0, 300));
            Eventually.holds("both pieces are held", () -> gateway.metric("gateway_memory_held_bytes", ADMIN) == 1800);
            second.send(LARGE.substring(300, 700));

            RawResponse refused = second.response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers().first("retry-after")).isEqualTo("1");

            assertThat(first.send(LARGE.substring(600)).response().status()).isEqualTo(200);
            second.send(LARGE.substring(700));
            assertThat(second.post(CHAT, LARGE, KEY).response().status()).as("on the same connection").isEqualTo(200);
        }
    }

    @Test
    void shouldHoldABodyUntilTheCallEnds() {
        first.enqueue(Reply.stall());
        RawClient waiting = client().post(CHAT, LARGE, KEY);
        awaitRequestToFirst(1);

        assertThat(keyed().statusCode()).isEqualTo(503);
        waiting.abort();

        awaitStatus(200);
    }

    @Test
    void shouldReleaseMemoryWhenAClientLeavesWhileItSends() {
        RawClient sending = sending("Content-Length: 990").send("x".repeat(970));
        awaitStatus(503);

        sending.abort();

        awaitStatus(200);
    }

    @Test
    void shouldAcceptABodyAboveTheBudgetThatIsAlone() {
        String longer = LARGE.replace("\"x", "\"" + "y".repeat(5_000) + "x");
        try (RawClient client = client()) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = client.post(CHAT, longer, KEY).response();
                assertThat(response.status()).as(response.text()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldSendContinueOnce() {
        try (RawClient client = sending("Content-Length: " + LARGE.length())) {
            assertThat(client.send(LARGE).response().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldNotSendContinueForABodyThatItRefuses() {
        String head = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
        try (RawClient large = client().send(head + KEY + "\r\nContent-Length: 100000000\r\n\r\n");
                RawClient unknown = client().send(head + "Content-Length: 10\r\n\r\n")) {
            RawResponse refused = large.response();
            assertThat(refused.status()).isEqualTo(413);
            assertRecorded("request_too_large", refused.header("x-request-id"));
            assertThat(large.closedByPeer()).as("the next request could be mistaken for the body").isTrue();
            assertThat(unknown.response().status()).isEqualTo(401);
            assertThat(unknown.closedByPeer()).isTrue();
        }
    }

    /** A client that has sent the head of a request and received "100 Continue". */
    private RawClient sending(String length) {
        RawClient client = client().send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\n" + KEY + "\r\n" + length + "\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(100);
        return client;
    }

    /** By the metric of errors and in the list of requests, although no route began. */
    private void assertRecorded(String code, String requestId) {
        assertThat(gateway.get("/metrics", ADMIN).body()).containsPattern("gateway_errors_total\\{error_type=\"" + code + "\"");
        assertThat(gateway.get("/admin/requests?limit=2", ADMIN).body()).contains("\"error\":\"" + code + "\"",
                "\"operation\":\"chat/completions\"", requestId);
    }

    private HttpResponse<String> keyed() {
        return gateway.chat("gpt-4o", "Authorization", "Bearer key-of-client");
    }

    private void awaitStatus(int status) {
        Eventually.holds("a request gets " + status, () -> keyed().statusCode() == status);
    }
}
