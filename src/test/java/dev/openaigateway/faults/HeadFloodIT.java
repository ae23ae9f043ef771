package dev.openaigateway.faults;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that fill the memory of a gateway with heads of requests, before any key is checked. */
@ProcessTest
class HeadFloodIT {

    private static final int HEAP_MEGABYTES = 128;
    private static final int HEAD_BYTES = 36_000;
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[]}";

    @TempDir
    Path folder;

    private final List<Socket> clients = new ArrayList<>();

    /**
     * The first heads take buffers of the decoder, outside the heap; the others fill the heap with fields, the last with those behind a body.
     * Each would take more than there is.
     */
    @ParameterizedTest
    @CsvSource({"'A: ', 'a', 4000", "'', 'a:\r\n', 400", "'Transfer-Encoding: chunked\r\n\r\n0\r\n', 'a:\r\n', 400"})
    void shouldServeOthersWhileHeadsDoNotEnd(String beginning, String part, int connections) throws Exception {
        byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n" + beginning + part.repeat(HEAD_BYTES / part.length()))
                .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.chat("from upstream")); GatewayProcess gateway = start(upstream)) {
            for (int i = 0; i < connections; i++) {
                send(gateway, head, 1);
            }
            assertServes(gateway);
        } finally {
            leave();
        }
    }

    @Test
    void shouldServeOthersWhileRequestsWaitBehindAnother() throws Exception {
        Gate gate = new Gate();
        byte[] first = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + CHAT.length() + "\r\n\r\n" + CHAT)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] next = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(gate.holding(Reply.chat("from upstream"))); GatewayProcess gateway = start(upstream)) {
            for (int i = 0; i < 40; i++) {
                send(gateway, first, 1);
            }
            Eventually.holds("the first requests wait upstream", () -> upstream.requests().size() >= 40);
            for (Socket client : List.copyOf(clients)) {
                send(client, next, 20);
            }
            gate.open();
            assertServes(gateway);
        } finally {
            leave();
        }
    }

    private void assertServes(GatewayProcess gateway) throws Exception {
        assertThat(gateway.send().statusCode()).isEqualTo(200);
        assertThat(gateway.output()).anyMatch(line -> line.contains("Heads of requests that are not whole, or wait behind others"));
        leave();
        Eventually.holds("no memory is held", () -> gateway.get("/metrics").contains("gateway_memory_held_bytes 0.0"));
        assertThat(gateway.output()).noneMatch(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR "));
    }

    private void send(GatewayProcess gateway, byte[] bytes, int times) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        clients.add(client);
        send(client, bytes, times);
    }

    /** The gateway may close the connection meanwhile. */
    private static void send(Socket client, byte[] bytes, int times) {
        try {
            for (int i = 0; i < times; i++) {
                client.getOutputStream().write(bytes);
            }
        } catch (IOException closed) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    private void leave() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    private GatewayProcess start(ScriptedUpstream upstream) throws Exception {
        Path settings = Files.writeString(folder.resolve("instances.yaml"), """
                warm_up: false
                instances:
                  - { name: only, provider_type: generic, api_key: key, api_base: "%s", supported_models: [gpt-4o] }
                """.formatted(upstream.uri()));
        GatewayProcess gateway = GatewayProcess.start(folder, Checkout.gateway(settings, "-Xmx" + HEAP_MEGABYTES + "m"));
        gateway.await("Camel OpenAI Gateway serves");
        return gateway;
    }
}
