package dev.openaigateway.faults;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

import static dev.openaigateway.faults.EchoTlsUpstream.respond;
import static dev.openaigateway.faults.EchoTlsUpstream.write;
import static org.assertj.core.api.Assertions.assertThat;

/** An upstream that sends more than its response over TLS, where some of it may be decrypted already and some not. */
@ProcessTest
class LeftoverTlsTest extends TwoInstances {

    private static final String LEAKED = respond("client-0");

    private EchoTlsUpstream upstream;
    private int clients;

    @Override
    String settings() throws Exception {
        TestAuthority authority = TestAuthority.ofUpstreams();
        upstream = new EchoTlsUpstream(authority.serverSocket("ip:127.0.0.1"));
        authority.trust();
        return super.settings() + """
                  - { name: echo, provider_type: generic, api_base: "%s", priority: 0, supported_models: [echo] }
                """.formatted(upstream.uri());
    }

    @AfterAll
    void stopUpstream() throws IOException {
        TestAuthority.trustNoLonger();
        upstream.close();
    }

    @Test
    void shouldUseAConnectionAgain() {
        assertOwnAnswers(1);
        int before = upstream.connections();

        assertOwnAnswers(5);

        assertThat(upstream.connections()).isEqualTo(before);
    }

    @Test
    void shouldDropAConnectionWithAnotherAnswerInTheSameRecord() {
        upstream.inTheRecord(LEAKED);

        assertDropped();
    }

    /** The record is longer than the client's input buffer, so that a part of it stays in the TLS socket. */
    @Test
    void shouldDropAConnectionWithALongAnswerInTheSameRecord() {
        upstream.inTheRecord(respond("x".repeat(12_000)));

        assertDropped();
    }

    @Test
    void shouldDropAConnectionWithAnotherAnswerInARecordOfItsOwn() throws Exception {
        doWhileIdle(socket -> write(socket, LEAKED));

        assertDropped();
    }

    @Test
    void shouldDropAConnectionWithAnAnswerBehindAKeyUpdate() throws Exception {
        doWhileIdle(socket -> {
            socket.startHandshake();
            write(socket, LEAKED);
        });

        assertDropped();
    }

    @Test
    void shouldDropAConnectionThatTheUpstreamCloses() throws Exception {
        doWhileIdle(socket -> socket.close());

        assertDropped();
    }

    /** Bytes of TLS's own are no answer. */
    @Test
    void shouldUseAConnectionAgainAfterAKeyUpdate() throws Exception {
        doWhileIdle(socket -> socket.startHandshake());
        int before = upstream.connections();

        assertOwnAnswers(3);

        assertThat(upstream.connections()).isEqualTo(before);
    }

    /** Asks once, and lets the upstream do that when the answer has reached its client. */
    private void doWhileIdle(EchoTlsUpstream.Deed deed) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        upstream.afterwards(socket -> {
            answered.await();
            deed.on(socket);
            done.countDown();
        });
        assertOwnAnswers(1);
        answered.countDown();
        done.await();
    }

    private void assertDropped() {
        int before = upstream.connections();

        assertOwnAnswers(4);

        assertThat(upstream.connections()).isBetween(before + 1, before + 2);
    }

    private void assertOwnAnswers(int count) {
        for (int i = 0; i < count; i++) {
            String client = "client-" + ++clients;
            String body = gateway.post(CHAT, "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + client + "\"}]}").body();
            assertThat(body).contains("\"" + client + "\"");
        }
    }
}
