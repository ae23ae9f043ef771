package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that send a request and then read nothing, or little. The timeout for a client that reads nothing is 3 s. */
class StalledClientTest extends TwoInstances {

    private static final long TIMEOUT_MILLIS = 3000;

    @Override
    String moreSettings() {
        return "clients: { write_timeout: 3.0 }\nrate_limit: { tpm: 1000000 }";
    }

    @Test
    void shouldDisconnectAClientThatNeverReadsAStream() throws InterruptedException {
        first.enqueue(Reply.stream(Collections.nCopies(60, event("x".repeat(1024 * 1024)))));

        assertDisconnected(streamBody(""));
    }

    @Test
    void shouldDisconnectAClientThatNeverReadsALargeResponse() throws InterruptedException {
        first.enqueue(Reply.chat("x".repeat(60 * 1024 * 1024)).chunked(1024 * 1024));

        assertDisconnected("{\"model\":\"gpt-4o\"}");
    }

    @Test
    void shouldDisconnectAClientThatNeverReadsCompletedResponses() throws InterruptedException {
        first.respond(Reply.chat("x".repeat(1_000_000)));
        int whole = 19;
        // On a busy machine the responses themselves may take a while.
        for (long rest = TIMEOUT_MILLIS + 1500; whole == 19 && rest < 8 * TIMEOUT_MILLIS; rest *= 2) {
            whole = wholeAfterTheFirst(rest);
        }

        assertThat(whole).as("complete responses of the 19 others").isLessThan(19);
    }

    @Test
    void shouldNotDisconnectAClientThatReadsSlowly() throws InterruptedException {
        first.enqueue(Reply.stream(Collections.nCopies(40, event("x".repeat(1024 * 1024)))));
        try (RawClient client = RawClient.connect(gateway.port(), 16 * 1024).post(CHAT, streamBody(""))) {
            client.head();
            for (int i = 0; i < 13; i++) {
                rest(TIMEOUT_MILLIS / 10);
                client.read(3 * 1024 * 1024);
            }
            assertThat(client.response().complete()).isTrue();
        }
    }

    private void assertDisconnected(String body) throws InterruptedException {
        int before = first.aborts().size();
        try (RawClient client = RawClient.connect(gateway.port(), 16 * 1024).post(CHAT, body)) {
            client.head();

            first.awaitAborted(before + 1);

            verifyNothingIsOpen();
            assertThat(client.response().complete()).isFalse();
        }
        assertThat(requestsToSecond()).isZero();
    }

    private int wholeAfterTheFirst(long millis) throws InterruptedException {
        try (RawClient client = RawClient.connect(gateway.port(), 4 * 1024)) {
            for (int i = 0; i < 20; i++) {
                client.post(CHAT, "{\"model\":\"gpt-4o\"}");
            }
            rest(millis);

            assertThat(client.response().status()).isEqualTo(200);
            return wholeResponses(client);
        }
    }

    private static int wholeResponses(RawClient client) {
        int whole = 0;
        try {
            while (whole < 19 && client.response().complete()) {
                whole++;
            }
        } catch (UncheckedIOException cut) {
            return whole;
        }
        return whole;
    }

    private static void rest(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
