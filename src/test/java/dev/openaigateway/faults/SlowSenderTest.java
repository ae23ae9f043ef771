package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that take longer to send a request than the timeout of two seconds. */
class SlowSenderTest extends TwoInstances {

    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final String POST = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Override
    String moreSettings() {
        return "clients: { request_timeout: 2, idle_timeout: 1 }";
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "POST /v1/chat/completions HTTP/1.1\r\nHost:"})
    void shouldReturn408WhenAHeadDoesNotArrive(String beginning) {
        try (RawClient client = client().send(beginning)) {
            assertError(client.response(), 408, "request_timeout");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldReturn408WhenASecondHeadDoesNotArrive() {
        try (RawClient client = client().post(CHAT, BODY)) {
            assertThat(client.response().status()).isEqualTo(200);
            client.send("POST /v1/");
            assertError(client.response(), 408, "request_timeout");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldCloseAnIdleConnection() {
        try (RawClient fresh = client(); RawClient used = client().post(CHAT, BODY)) {
            assertThat(used.response().status()).isEqualTo(200);

            assertThat(used.closedByPeer()).isTrue();
            assertThat(fresh.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldReturn408WhenABodyDoesNotArrive() {
        try (RawClient client = client().send(POST + "Content-Length: 100\r\n\r\n{")) {
            assertError(client.response(), 408, "request_timeout");
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(requestsToFirst()).isZero();
    }

    @Test
    void shouldNotCutAResponseThatTakesLongerThanARequestMay() {
        first.enqueue(Reply.chat("slow").after(Duration.ofSeconds(3)));

        try (RawClient client = client().post(CHAT, BODY)) {
            assertThat(client.response().text()).contains("slow");
        }
    }

    @Test
    void shouldRefuseAGiantBodyByItsLengthAndCloseWhenItDoesNotArrive() {
        try (RawClient client = client().send(POST + "Content-Length: 1000000000\r\n\r\n")) {
            assertError(client.response(), 413, "request_too_large");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    private static void assertError(RawResponse response, int status, String code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.header("x-request-id")).startsWith("req-");
        assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"" + code + "\"");
    }
}
