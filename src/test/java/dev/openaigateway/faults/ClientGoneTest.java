package dev.openaigateway.faults;

import dev.openaigateway.support.Abort;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that leave, or stop reading. */
class ClientGoneTest extends TwoInstances {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Override
    String settings() throws Exception {
        return super.settings().replace("timeout: 1 ", "timeout: 30 ");
    }

    @Test
    void C03_shouldAbortTheUpstreamWhenTheClientLeavesBeforeHeaders() {
        first.enqueue(Reply.stall());
        RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\"}");
        first.awaitRequests(first.requests().size(), A_SECOND);

        assertAbortedOnce(client);
    }

    @Test
    void C03_shouldAbortTheUpstreamWhenTheClientLeavesBeforeTheFirstEvent() {
        first.enqueue(Reply.stream(event("never")).gated(new Gate()));

        assertAbortedOnce(streaming());
    }

    @Test
    void C03_shouldAbortTheUpstreamWhenTheClientLeavesInMidStream() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two")).gated(gate));
        RawClient client = streaming();
        gate.release();
        client.head();
        client.event();

        assertAbortedOnce(client);
    }

    @Test
    void C03_shouldAbortTheUpstreamWhenTheClientClosesInOrder() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two")).gated(gate));
        int before = first.aborts().size();
        RawClient client = streaming();
        gate.release();
        client.head();
        client.event();

        client.close();

        first.awaitAborted(before + 1, A_SECOND);
    }

    @Test
    void C03_shouldNotBlameTheInstanceWhenClientsLeave() {
        C03_shouldAbortTheUpstreamWhenTheClientLeavesBeforeHeaders();

        assertThat(instance(chat())).isEqualTo("first");
    }

    @Test
    void C04_shouldHoldBackTheUpstreamWhenAStreamIsNotRead() throws InterruptedException {
        first.enqueue(Reply.stream(Collections.nCopies(60, event("x".repeat(1024 * 1024)))));

        assertHeldBack(streamBody(""));
    }

    @Test
    void C04_shouldHoldBackTheUpstreamWhenALargeAnswerIsNotRead() throws InterruptedException {
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
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
            assertThat(sentOnceItRests() - before).isBetween(1L, 30L * 1024 * 1024);
            assertThat(client.response().body().length).isGreaterThanOrEqualTo(60 * 1024 * 1024);
        }
    }

    /** Waits until nothing was sent for 300 ms. */
    private long sentOnceItRests() throws InterruptedException {
        long sent = first.bytesSent();
        for (long last = -1; last != sent; ) {
            last = sent;
            new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
            sent = first.bytesSent();
        }
        return sent;
    }

    private void assertAbortedOnce(RawClient client) {
        int before = first.aborts().size();
        first.awaitRequests(askedFirst() == 0 ? first.requests().size() + 1 : first.requests().size(), A_SECOND);
        long left = System.nanoTime();

        client.abort();

        Abort abort = first.awaitAborted(before + 1, A_SECOND).get(before);
        assertThat(Duration.ofNanos(abort.atNanos() - left)).isLessThan(A_SECOND);
        assertThat(askedFirst()).isEqualTo(1);
        assertThat(askedSecond()).isZero();
    }
}
