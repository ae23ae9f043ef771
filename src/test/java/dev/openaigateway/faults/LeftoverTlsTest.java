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

/** An upstream that sends more bytes than its response over TLS, where a part of them may already be decrypted. */
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
    void shouldReuseAConnection() {
        assertOwnResponses(1);
        int before = upstream.connections();

        assertOwnResponses(5);

        assertThat(upstream.connections()).isEqualTo(before);
    }

    @Test
    void shouldCloseAConnectionWithAnotherResponseInTheSameRecord() {
        upstream.inTheRecord(LEAKED);

        assertClosed();
    }

    /** The record is longer than the HTTP client's input buffer, so that a part of it stays in the TLS socket. */
    @Test
    void shouldCloseAConnectionWithALongResponseInTheSameRecord() {
        upstream.inTheRecord(respond("x".repeat(12_000)));

        assertClosed();
    }

    @Test
    void shouldCloseAConnectionWithAnotherResponseInASeparateRecord() throws Exception {
        doWhileIdle(socket -> write(socket, LEAKED));

        assertClosed();
    }

    @Test
    void shouldCloseAConnectionWithAResponseAfterAKeyUpdate() throws Exception {
        doWhileIdle(socket -> {
            socket.startHandshake();
            write(socket, LEAKED);
        });

        assertClosed();
    }

    @Test
    void shouldCloseAConnectionThatTheUpstreamCloses() throws Exception {
        doWhileIdle(socket -> socket.close());

        assertClosed();
    }

    /** Bytes of the TLS protocol itself are not a response. */
    @Test
    void shouldReuseAConnectionAfterAKeyUpdate() throws Exception {
        doWhileIdle(socket -> socket.startHandshake());
        int before = upstream.connections();

        assertOwnResponses(3);

        assertThat(upstream.connections()).isEqualTo(before);
    }

    /** Sends one request, and runs the action on its connection once the client has the response. */
    private void doWhileIdle(EchoTlsUpstream.Action action) throws Exception {
        CountDownLatch responded = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        upstream.afterwards(socket -> {
            responded.await();
            action.on(socket);
            done.countDown();
        });
        assertOwnResponses(1);
        responded.countDown();
        done.await();
    }

    private void assertClosed() {
        int before = upstream.connections();

        assertOwnResponses(4);

        assertThat(upstream.connections()).isBetween(before + 1, before + 2);
    }

    private void assertOwnResponses(int count) {
        for (int i = 0; i < count; i++) {
            String client = "client-" + ++clients;
            String body = gateway.post(CHAT, "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + client + "\"}]}").body();
            assertThat(body).contains("\"" + client + "\"");
        }
    }
}
