package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that say that they send no more, but still read. */
class HalfCloseTest extends TwoInstances {

    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void shouldRespondToAllRequestsInOrderAndClose() {
        first.respond(request -> Reply.chat(request.text()));
        try (RawClient client = client().send(chat("one") + LIVE + chat("two") + chat("three"))) {
            client.halfClose();

            assertThat(client.response().text()).contains("one");
            assertThat(client.response().text()).contains("ok");
            assertThat(client.response().text()).contains("two");
            assertThat(client.response().text()).contains("three");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    /** Some of them on the event loop, so that no request waits any more when the end of the input is read. */
    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/nothing", "/v1/models"})
    void shouldRespondToRequestsThatAreAnsweredAtOnce(String path) {
        try (RawClient client = client().send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(20))) {
            client.halfClose();

            for (int i = 0; i < 20; i++) {
                assertThat(client.response().text()).isNotEmpty();
            }
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldFinishAStreamBehindAnotherRequest() {
        Gate gate = new Gate();
        String whole = event("one") + lastEvent() + "data: [DONE]\n\n";
        first.enqueue(Reply.stream(event("one"), lastEvent(), "data: [DONE]\n\n").gated(gate));
        try (RawClient client = client().send(LIVE + post(streamBody("")))) {
            client.halfClose();

            assertThat(client.response().status()).isEqualTo(200);
            gate.release(3);
            assertThat(client.response().text()).isEqualTo(whole);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/mod", "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"})
    void shouldCloseBehindTheResponsesToWholeRequests(String cut) {
        try (RawClient client = client().send(chat("one") + LIVE + cut)) {
            client.halfClose();

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(requestsToFirst()).isOne();
    }

    /** More waits than the gateway reads ahead, so that it sees the end of the input only later. */
    @Test
    void shouldRespondToMoreRequestsThanAreReadAhead() {
        first.enqueue(Reply.chat("one").after(Duration.ofMillis(300)));
        try (RawClient client = client().send(chat("one") + LIVE.repeat(3_000))) {
            client.halfClose();

            for (int i = 0; i <= 3_000; i++) {
                assertThat(client.response().status()).isEqualTo(200);
            }
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    /** Interim responses show that it still reads. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void shouldRespondToASingleRequest(boolean stream, boolean last) {
        Gate gate = new Gate();
        String events = event("one") + lastEvent() + "data: [DONE]\n\n";
        first.enqueue(gate.holding(stream ? Reply.stream(events) : Reply.chat("one")));
        try (RawClient client = client().send(post(stream ? streamBody("") : TestGateway.chatBody("gpt-4o")).replace("Host", last ? "Connection: close\r\nHost" : "Host"))) {
            client.halfClose();

            assertThat(client.response().status()).isEqualTo(100);
            assertThat(client.response().status()).isEqualTo(100);
            gate.release();
            RawResponse response = client.response();
            for (; response.status() == 100; response = client.response()) {
                assertThat(response.text()).isEmpty();
            }
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).contains("one");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    /** The same bytes arrive from it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCancelTheRequestOfAClientThatHasLeft(boolean stream) {
        first.enqueue(Reply.stall());
        int before = first.aborts().size();
        RawClient client = client().send(post(stream ? streamBody("") : TestGateway.chatBody("gpt-4o")));
        awaitRequestToFirst(1);
        client.close();

        first.awaitAborted(before + 1);
        Eventually.holds("the client has left", () -> gateway.get("/admin/requests?limit=1", ADMIN).body().contains("\"status\":499"));
    }

    /** Nothing may be sent to them that shows whether they still read. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "begun"})
    void shouldTakeOtherClientsForOnesThatHaveLeft(String kind) {
        Gate gate = new Gate();
        first.enqueue(kind.equals("1.0") ? Reply.stall() : Reply.stream(event("one"), lastEvent()).gated(gate));
        gate.release();
        int before = first.aborts().size();
        try (RawClient client = client().send(post(streamBody("")).replace("1.1", kind.equals("1.0") ? "1.0" : "1.1"))) {
            awaitRequestToFirst(1);
            if (kind.equals("begun")) {
                assertThat(client.head().status()).isEqualTo(200);
                client.event();
            }
            client.halfClose();

            first.awaitAborted(before + 1);
        }
    }

    private static String chat(String text) {
        return post("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }

    private static String post(String body) {
        return "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
