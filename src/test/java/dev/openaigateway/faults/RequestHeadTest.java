package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Heads of requests that are ambiguous, unknown or very long. */
class RequestHeadTest extends TwoInstances {

    private static final String BODY = "{\"model\":\"gpt-4o\"}";

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nhost: evil.example\r\n", "Host: a\r\nX-A: b\r\nHOST: b\r\n"})
    void shouldRefuseTwoHosts(String hosts) {
        assertRefused("GET /v1/models HTTP/1.1\r\n" + hosts + "\r\n", 400, "more than one Host header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "200-ok", "100-continue, nonsense"})
    void shouldRefuseAnExpectationItDoesNotKnow(String expected) {
        assertRefused("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: " + expected
                + "\r\nContent-Length: 18\r\n\r\n" + BODY, 417, "100-continue");
        assertThat(requestsToFirst()).isZero();
    }

    /** The metric shows the unfinished head of another connection, its buffer of 2 KB included, and nothing more. */
    @Test
    void shouldHoldNothingOfRequestsWithoutARoute() {
        try (RawClient client = client(); RawClient other = client()) {
            for (int i = 0; i < 3; i++) {
                client.send("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.response().status()).isGreaterThanOrEqualTo(400);
            }
            other.send("GET");

            Eventually.holds("three bytes of a head are held", () -> gateway.get("/metrics", ADMIN).body().contains("gateway_memory_held_bytes 4099.0"));
        }
    }

    /** It has no interim responses, so its client would take "100 Continue" for the response. */
    @ParameterizedTest
    @ValueSource(strings = {"100-continue", "nonsense"})
    void shouldIgnoreAnExpectationOfHttp10(String expected) {
        try (RawClient client = client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Type: application/json\r\nExpect: " + expected
                + "\r\nConnection: keep-alive\r\nContent-Length: 18\r\n\r\n" + BODY)) {
            assertThat(client.response().status()).isEqualTo(200);
            client.send("GET /health HTTP/1.0\r\n\r\n");
            assertThat(client.response().status()).as("on the same connection").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/3.7", "HTTP/2.0", "HTTP/1.10", "HTTP/0.9", "HTTP/1.2", "HTTP/9.9", "RTSP/1.0", "ICAP/1.0",
        "http/1.1", "Http/1.1", "http/1.0", "HTTP/1.01", "HTTP/01.1"})
    void shouldRefuseAVersionItDoesNotKnow(String version) {
        RawResponse response = assertRefused("GET /health " + version + "\r\nHost: localhost\r\n\r\n", 505, "1.0 and 1.1");

        assertThat(response.text()).doesNotContain(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /health FOO", "GET /health", "FOO<>BAR / HTTP/1.1", "GET /a b HTTP/1.1", "GET ?x HTTP/1.1",
        "GET /health HTTP/x.y", "GET /v1/models?a=%zz HTTP/1.1", "GET /v1/models/%zz HTTP/1.1"})
    void shouldRefuseANonsensicalRequestLineWithoutAStackTrace(String line) {
        try (CapturedLog log = new CapturedLog(); RawClient client = client().send(line + "\r\nHost: localhost\r\n\r\n")) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("x-request-id")).startsWith("req-");
            assertThat(response.text()).startsWith("{\"error\":{");
            assertThat(log.linesWith("xception")).isEmpty();
        }
    }

    @Test
    void shouldAcceptLongHeaderFieldsUpToALimit() {
        try (RawClient client = client()) {
            assertThat(client.post(CHAT, BODY, "X-Groups: " + "g".repeat(32 * 1024)).response().status()).isEqualTo(200);
            assertThat(client.post(CHAT, BODY, "X-Groups: " + "g".repeat(64 * 1024)).response().status()).isEqualTo(431);
        }
    }

    private RawResponse assertRefused(String request, int status, String words) {
        try (RawClient client = client().send(request)) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.text()).startsWith("{\"error\":{").contains(words);
            assertThat(client.closedByPeer()).isTrue();
            return response;
        }
    }
}
