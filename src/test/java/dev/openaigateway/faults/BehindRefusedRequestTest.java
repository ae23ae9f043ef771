package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.RawClient;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client sends with a request behind which its connection can no longer be trusted. */
class BehindRefusedRequestTest extends TwoInstances {

    private static final int CONNECTIONS = 1_000;
    /** With one buffer from each connection it would be twice as much. */
    private static final long MOST_BYTES = 8_000_000;

    private static Stream<String> refused() {
        return Stream.of("GET /health/live http/1.1\r\nHost: localhost\r\n\r\n", "GET /health/live http/1.0\r\nConnection: keep-alive\r\n\r\n",
                "GET /health/live HTTP/1.01\r\nHost: localhost\r\n\r\n", "POST /v1/models http/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
                "POST /v1/models Http/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
                "GET /health/live HTTP/3.0\r\nHost: localhost\r\n\r\n", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n", "GET /health/live HTTP/1.1\r\nHost localhost\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldCarryOutNothing(String refused) {
        String disable = "PUT /admin/instances/second/config HTTP/1.1\r\nHost: localhost\r\nX-Admin-Token: secret-token\r\n" + json("{\"enabled\": false}");
        String chat = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n" + json(streamBody(""));
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 10; i++) {
                assertRefused(refused + disable);
                assertRefused(refused + chat);
            }

            assertThat(chat().statusCode()).isEqualTo(200);
            assertThat(requestsToFirst()).isOne();
            assertThat(log.linesWith("client_gone")).isEmpty();
        }
        assertThat(gateway.get("/admin/instances", ADMIN).body()).contains("\"enabled\":true").doesNotContain("\"enabled\":false");
    }

    private void assertRefused(String requests) {
        try (RawClient client = client().send(requests)) {
            assertThat(client.response().status()).isBetween(400, 505);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldReleaseAllBuffers(String refused) {
        String next = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n" + json("x".repeat(15_000));
        // Each event loop takes its first buffers.
        send(refused + next, CONNECTIONS / 10);
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

        send(refused + next, CONNECTIONS);

        assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before).isLessThan(MOST_BYTES);
    }

    private void send(String requests, int connections) {
        for (int i = 0; i < connections; i++) {
            assertRefused(requests);
        }
    }

    private static String json(String body) {
        return "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
