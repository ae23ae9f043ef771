package dev.openaigateway.faults;

import dev.openaigateway.support.Abort;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that disconnect or stop reading. */
class ClientGoneTest extends TwoInstances {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Override
    String ofInstances() {
        return ", max_tpm: 100000000";
    }

    @Test
    void shouldAbortTheUpstreamWhenTheClientLeavesBeforeHeaders() {
        first.enqueue(Reply.stall());

        assertAbortedOnce(client().post(CHAT, "{\"model\":\"gpt-4o\"}"));
    }

    @Test
    void shouldAbortTheUpstreamWithinASecond() {
        Tries.oneOfThree(() -> {
            first.enqueue(Reply.stall());
            int requests = requestsToFirst();
            int before = first.aborts().size();
            RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\"}");
            awaitRequestToFirst(requests + 1);
            long left = System.nanoTime();

            client.abort();

            Abort abort = first.awaitAborted(before + 1).get(before);
            assertThat(Duration.ofNanos(abort.atNanos() - left)).isLessThan(A_SECOND);
        });
    }

    /** @param events the number of events that the client reads before it disconnects */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldAbortAStreamWithinASecond(int events) {
        Tries.oneOfThree(() -> {
            Gate gate = new Gate();
            first.enqueue(Reply.stream(event("one"), event("two"), event("never")).gated(gate));
            int requests = requestsToFirst();
            int before = first.aborts().size();
            RawClient client = streaming();
            awaitRequestToFirst(requests + 1);
            gate.release(events);
            if (events > 0) {
                client.head();
            }
            for (int i = 0; i < events; i++) {
                client.event();
            }
            long left = System.nanoTime();

            client.abort();

            Abort abort = first.awaitAborted(before + 1).get(before);
            assertThat(Duration.ofNanos(abort.atNanos() - left)).isLessThan(A_SECOND);
        });
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /input_items"})
    void shouldAbortACallWithoutABody(String method, String action) {
        first.enqueue(Reply.stall());

        assertAbortedOnce(client().request(method, "/v1/responses/resp_1" + action, new byte[0]), 0);
    }

    @Test
    void shouldAbortTheUpstreamWhenTheClientLeavesBeforeTheFirstEvent() {
        first.enqueue(Reply.stream(event("never")).gated(new Gate()));

        assertAbortedOnce(streaming());
    }

    @Test
    void shouldAbortTheUpstreamWhenTheClientLeavesInMidStream() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two")).gated(gate));
        RawClient client = streaming();
        gate.release();
        client.head();
        client.event();

        assertAbortedOnce(client);
    }

    @Test
    void shouldAbortTheUpstreamWhenTheClientClosesItsConnection() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two")).gated(gate));
        int before = first.aborts().size();
        RawClient client = streaming();
        gate.release();
        client.head();
        client.event();

        client.close();

        first.awaitAborted(before + 1);
    }

    @Test
    void shouldNotBlameTheInstanceWhenClientsLeave() {
        shouldAbortTheUpstreamWhenTheClientLeavesBeforeHeaders();

        assertThat(instance(chat())).isEqualTo("first");
    }

    @Test
    void shouldHoldBackTheUpstreamWhenAStreamIsNotRead() throws InterruptedException {
        first.enqueue(Reply.stream(Collections.nCopies(60, event("x".repeat(1024 * 1024)))));

        assertHeldBack(streamBody(""));
    }

    @Test
    void shouldHoldBackTheUpstreamWhenALargeResponseIsNotRead() throws InterruptedException {
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 60; i++) {
                line.chunk(new byte[1024 * 1024]).flush();
            }
            line.lastChunk();
        });

        assertHeldBack("{\"model\":\"gpt-4o\"}");
    }

    private void assertHeldBack(String body) throws InterruptedException {
        long before = first.bytesSent();
        try (RawClient client = RawClient.connect(gateway.port(), 16 * 1024).post(CHAT, body)) {
            client.head();
            assertThat(sentOnceIdle(before) - before).isBetween(1L, 30L * 1024 * 1024);
            assertThat(client.response().body().length).isGreaterThanOrEqualTo(60 * 1024 * 1024);
        }
    }

    /** Waits until bytes were sent and then none for 300 ms. Returns the bytes sent. */
    private long sentOnceIdle(long before) throws InterruptedException {
        long sent = first.bytesSent();
        for (long last = -1; last != sent || sent == before; ) {
            last = sent;
            new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
            sent = first.bytesSent();
        }
        return sent;
    }

    private void assertAbortedOnce(RawClient client) {
        assertAbortedOnce(client, 1);
    }

    /** @param reservations open while the call runs; a call that costs no tokens has none */
    private void assertAbortedOnce(RawClient client, int reservations) {
        int before = first.aborts().size();
        awaitRequestToFirst(1);
        assertThat(gateway.metric("gateway_requests_in_flight")).isEqualTo(1);
        assertThat(gateway.metric("gateway_reservations_open")).isEqualTo(reservations);

        client.abort();

        first.awaitAborted(before + 1);
        verifyNothingIsOpen();
        assertThat(requestsToFirst()).isEqualTo(1);
        assertThat(requestsToSecond()).isZero();
    }
}
