package dev.openaigateway.warmup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a gateway on the loopback address, over one connection. Not thread-safe. */
final class LoopbackClient implements AutoCloseable {

    /** Shorter than the texts that {@code KnownCounts} remembers, so that its hit rate shows requests of clients only. */
    private static final String PROMPT = "Explain why the sky is blue at noon and red at dusk.";

    private final Socket socket;
    private final HttpMessages in;

    /** @param timeout the longest wait for bytes of the gateway; after it a call throws {@link java.net.SocketTimeoutException} */
    LoopbackClient(int port, Duration timeout) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.max(1, (int) timeout.toMillis()));
        in = new HttpMessages(new BufferedInputStream(socket.getInputStream()));
    }

    /** @throws IOException if the response has another status */
    void chat(String key, String model, boolean stream, int expected) throws IOException {
        send(key, "{\"model\":\"" + model + "\",\"max_tokens\":50" + (stream ? ",\"stream\":true" : "")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}", expected);
    }

    /** @throws IOException if the response has another status */
    void send(String key, String body, int expected) throws IOException {
        socket.getOutputStream().write(("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer "
                + key + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
        in.nextBody();
        if (!in.firstLine().contains(" " + expected + " ")) {
            throw new IOException("a request got '" + in.firstLine() + "', not " + expected);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
