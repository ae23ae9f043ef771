package dev.openaigateway.warmup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An upstream on the loopback address: responds to each chat with the same words, streamed on request. Thread-safe. */
public final class LoopbackUpstream implements AutoCloseable {

    private static final String HEAD = "{\"id\":\"chatcmpl-loopback\",\"created\":1700000000,\"model\":\"gpt-4o-2024-11-20\",\"object\":";
    private static final String CHUNK = HEAD + "\"chat.completion.chunk\",\"choices\":[";
    private static final String USAGE = "],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":4,\"total_tokens\":34}}";
    private static final byte[] WHOLE = whole(HEAD + "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"A few words.\"},\"finish_reason\":\"stop\"}" + USAGE);
    private static final byte[] STREAM_HEAD = ascii("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
    private static final byte[] EVENT = ascii(event(CHUNK + "{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}"));
    private static final byte[] STREAM_END = ascii(event(CHUNK + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
            + event(CHUNK + USAGE) + event("[DONE]") + "0\r\n\r\n");
    private static final int EVENTS = 20;
    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Listens on a free port. */
    public LoopbackUpstream() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "loopback-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // The upstream is closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            HttpMessages in = new HttpMessages(new BufferedInputStream(connection.getInputStream()));
            for (byte[] body = in.nextBody(); body != null; body = in.nextBody()) {
                respond(connection.getOutputStream(), new String(body, StandardCharsets.ISO_8859_1).contains("\"stream\":true"));
            }
        } catch (IOException e) {
            // The gateway has closed the connection.
        } finally {
            connections.remove(connection);
        }
    }

    /** Writes each event on its own, as models produce them. */
    private static void respond(OutputStream out, boolean stream) throws IOException {
        out.write(stream ? STREAM_HEAD : WHOLE);
        for (int i = 0; stream && i < EVENTS; i++) {
            out.write(EVENT);
        }
        if (stream) {
            out.write(STREAM_END);
        }
    }

    private static byte[] whole(String body) {
        return ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String event(String data) {
        String event = "data: " + data + "\n\n";
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
