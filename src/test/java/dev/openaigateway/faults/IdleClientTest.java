package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections without a request. They live longer than a request may take to arrive. */
class IdleClientTest extends TwoInstances {

    private static final String BODY = "{\"model\":\"gpt-4o\"}";

    @Override
    String moreSettings() {
        return "clients: { request_timeout: 0.3 }";
    }

    @Test
    void shouldServeAConnectionThatWasIdleForLongerThanARequestMayTake() {
        try (RawClient fresh = client(); RawClient used = client().post(CHAT, BODY); RawClient late = client().send("GET /v1/")) {
            assertThat(used.response().status()).isEqualTo(200);
            assertThat(late.response().status()).as("this took longer than a request may").isEqualTo(408);

            assertThat(used.post(CHAT, BODY).response().status()).isEqualTo(200);
            assertThat(fresh.post(CHAT, BODY).response().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldIgnoreLineEndsOfAnIdleConnection() {
        try (RawClient fresh = client().send("\r\n"); RawClient used = client().post(CHAT, BODY); RawClient late = client().send("\r\nGET /v1/")) {
            assertThat(used.response().status()).isEqualTo(200);
            used.send("\r\n");
            assertThat(late.response().status()).as("this took longer than a request may").isEqualTo(408);

            assertThat(fresh.post(CHAT, BODY).response().status()).isEqualTo(200);
            assertThat(used.send("\r\n").post(CHAT, BODY).response().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldCountTheNextRequestThatBeginsDuringAResponseFromTheEndOfTheResponse() {
        first.enqueue(Reply.chat("slow").after(Duration.ofSeconds(1)));
        try (RawClient client = client().post(CHAT, BODY)) {
            awaitRequestToFirst(1);
            client.send("GET /v1/mod");
            assertThat(client.response().text()).contains("slow");
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closedByPeer()).isTrue();
        }
    }
}
