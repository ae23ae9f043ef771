package dev.openaigateway.faults;

import dev.openaigateway.support.Abort;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that leave, or stop reading. */
class ClientGoneTest extends TwoInstances {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Override
    String settings() {
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
    void C04_shouldHoldBackTheUpstreamWhenTheClientStopsReading() throws InterruptedException {
        String megabyte = event("x".repeat(1024 * 1024));
        first.enqueue(Reply.stream(Collections.nCopies(100, megabyte)));
        long before = first.bytesSent();

        try (RawClient client = RawClient.connect(gateway.port(), 16 * 1024).post(CHAT, streamBody(""))) {
            client.head();
            long sent = sentOnceItRests();
            assertThat(sent - before).isLessThan(30L * 1024 * 1024);
            assertThat(client.response().body().length).isGreaterThan(100 * 1024 * 1024);
        }
    }

    @Test
    void C04_shouldHoldBackTheUpstreamWhenALargeAnswerIsNotRead() throws InterruptedException {
        first.enqueue(Reply.chat("x".repeat(60_000_000)).chunked(64 * 1024));
        long before = first.bytesSent();

        try (RawClient client = RawClient.connect(gateway.port(), 16 * 1024).post(CHAT, "{\"model\":\"gpt-4o\"}")) {
            assertThat(client.head().status()).isEqualTo(200);
            client.abort();
        }
        assertThat(first.bytesSent() - before).isGreaterThan(0);
        first.awaitAborted(1, A_SECOND);
    }

    /** Waits until nothing was sent for 300 ms. */
    private long sentOnceItRests() throws InterruptedException {
        long sent = first.bytesSent();
        for (long last = -1; last != sent; ) {
            last = sent;
            new java.util.concurrent.CountDownLatch(1).await(300, java.util.concurrent.TimeUnit.MILLISECONDS);
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
