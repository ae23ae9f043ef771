package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** All bodies together may take a thousand bytes. */
class BodyMemoryTest extends TwoInstances {

    private static final String LARGE = "{\"model\":\"gpt-4o\",\"messages\":[],\"user\":\"" + "x".repeat(930) + "\"}";

    @Override
    String moreSettings() {
        return "clients: { body_memory: 1000 }";
    }

    @Test
    void shouldRefuseABodyThatFindsNoRoom() {
        try (RawClient sending = sending("Content-Length: " + LARGE.length()).send(LARGE.substring(0, 100))) {
            awaitStatus(503);
            HttpResponse<String> refused = chat();

            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.body()).contains("\"type\":\"server_error\"", "\"code\":\"gateway_overloaded\"");
            assertThat(gateway.get("/v1/models").statusCode()).as("without a body").isEqualTo(200);

            assertThat(status(sending.send(LARGE.substring(100)))).isEqualTo(200);
            awaitStatus(200);
        }
    }

    @Test
    void shouldHoldABodyUntilItsResponse() {
        first.enqueue(Reply.stall());
        RawClient waiting = client().post(CHAT, LARGE);
        awaitRequestToFirst(1);

        assertThat(chat().statusCode()).isEqualTo(503);
        waiting.abort();

        awaitStatus(200);
    }

    @Test
    void shouldGiveTheRoomBackWhenAClientLeavesWhileItSends() {
        RawClient sending = sending("Content-Length: 990").send("{");
        awaitStatus(503);

        sending.abort();

        awaitStatus(200);
    }

    @Test
    void shouldCountAChunkedBodyInFullUntilItIsWhole() {
        try (RawClient sending = sending("Transfer-Encoding: chunked").send("12\r\n{\"model\":\"gpt-4o\"}\r\n")) {
            awaitStatus(503);

            first.enqueue(Reply.stall());
            int before = requestsToFirst();
            sending.send("0\r\n\r\n");
            awaitRequestToFirst(before + 1);

            assertThat(chat().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldLetABodyInThatIsAlone() {
        String longer = LARGE.replace("\"x", "\"" + "y".repeat(5_000) + "x");
        try (RawClient client = client()) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = client.post(CHAT, longer).response();
                assertThat(response.status()).as(response.text()).isEqualTo(200);
            }
        }
    }

    /** A client of whose request the head has come. */
    private RawClient sending(String length) {
        RawClient client = client().send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\n" + length + "\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(100);
        return client;
    }

    /** The server may say more than once that it waits for the body. */
    private static int status(RawClient client) {
        int status = client.response().status();
        return status == 100 ? status(client) : status;
    }

    private void awaitStatus(int status) {
        Eventually.holds("a request is answered with " + status, () -> chat().statusCode() == status);
    }
}
