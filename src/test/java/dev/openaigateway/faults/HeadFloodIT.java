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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
            assertThat(gateway.output()).anyMatch(line -> line.contains("request heads that were incomplete, and requests queued behind others"));
        } finally {
            leave();
        }
    }

    /** The first waits for its upstream, so that all others wait behind it. */
    @ParameterizedTest
    @CsvSource({"'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n', 20000, 40",
            "'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}', 10000, 40",
            "'POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n', 25000, 150"})
    void shouldServeOthersWhileRequestsWaitBehindAnother(String next, int times, int connections) throws Exception {
        Gate gate = new Gate();
        byte[] first = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + CHAT.length() + "\r\n\r\n" + CHAT)
                .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(gate.holding(Reply.chat("from upstream"))); GatewayProcess gateway = start(upstream)) {
            for (int i = 0; i < connections; i++) {
                send(gateway, first, 1);
            }
            Eventually.holds("the first requests wait upstream", () -> upstream.requests().size() >= connections);
            sendAtOnce(next.repeat(times));
            gate.open();
            assertServes(gateway);
        } finally {
            leave();
        }
    }

    /** Nothing is read of the responses, of which the last are the largest that need no key. */
    @ParameterizedTest
    @CsvSource({"/health/live, 2000, 300", "/v1/nothing, 2000, 300", "/dashboard/app.js, 2000, 300"})
    void shouldServeOthersWhileRequestsArriveInOnePiece(String path, int times, int connections) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.chat("from upstream")); GatewayProcess gateway = start(upstream)) {
            for (int i = 0; i < connections; i++) {
                send(gateway, new byte[0], 1);
            }
            sendAtOnce(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(times));
            assertServes(gateway);
        } finally {
            leave();
        }
    }

    /** Each response is there, in its order, and no connection is closed. */
    @Test
    void shouldServeAllRequestsOfAClientThatReads() throws Exception {
        String requests = "GET /v1/nothing/a HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /v1/nothing/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); GatewayProcess gateway = start(upstream)) {
            send(gateway, new byte[0], 1);
            Socket client = clients.get(0);
            Thread sender = new Thread(() -> send(client, requests.getBytes(StandardCharsets.US_ASCII), 5_000), "sender");
            sender.start();
            BufferedReader responses = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < 10_000; i++) {
                assertThat(body(responses)).as("response %s", i).contains(i % 2 == 0 ? "GET /v1/nothing/a" : "POST /v1/nothing/b");
            }
        } finally {
            leave();
        }
    }

    private static String body(BufferedReader responses) throws IOException {
        int length = 0;
        for (String line = responses.readLine(); !line.isEmpty(); line = responses.readLine()) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += responses.read(body, read, length - read);
        }
        return new String(body);
    }

    private void assertServes(GatewayProcess gateway) throws Exception {
        assertThat(gateway.send().statusCode()).isEqualTo(200);
        leave();
        Eventually.holds("no memory is held", () -> gateway.get("/metrics").contains("gateway_memory_held_bytes 0.0"));
        assertThat(gateway.output()).noneMatch(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR "));
    }

    private void send(GatewayProcess gateway, byte[] bytes, int times) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        clients.add(client);
        send(client, bytes, times);
    }

    private void sendAtOnce(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        clients.parallelStream().forEach(client -> send(client, bytes, 1));
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
