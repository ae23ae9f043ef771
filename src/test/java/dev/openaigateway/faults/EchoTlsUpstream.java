package dev.openaigateway.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS upstream that keeps connections open and echoes the message of each request in its response. */
final class EchoTlsUpstream implements AutoCloseable {

    /** An action on a connection. */
    @FunctionalInterface
    interface Action {

        void on(SSLSocket socket) throws IOException, InterruptedException;
    }

    private final ConnectionThreads server;
    private final Queue<String> surplus = new ConcurrentLinkedQueue<>();
    private final Queue<Action> afterwards = new ConcurrentLinkedQueue<>();

    EchoTlsUpstream(SSLServerSocket server) {
        this.server = new ConnectionThreads(server, socket -> serve((SSLSocket) socket));
    }

    String uri() {
        return "https://127.0.0.1:" + server.port();
    }

    int connections() {
        return server.accepted();
    }

    /** Appends these bytes to the next response, in the same TLS record. */
    void inTheRecord(String bytes) {
        surplus.add(bytes);
    }

    /** Runs this action once the next response is written. */
    void afterwards(Action action) {
        afterwards.add(action);
    }

    static String respond(String text) {
        String body = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}}]}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static void write(SSLSocket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(SSLSocket socket) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String body = body(in); body != null; body = body(in)) {
            String message = body.replaceFirst("(?s).*\"content\":\"([^\"]*)\".*", "$1");
            String more = surplus.poll();
            Action action = afterwards.poll();
            write(socket, respond(message) + (more == null ? "" : more));
            if (action != null) {
                action.on(socket);
            }
        }
    }

    /** The body of the next request; null at the end of the connection. */
    private static String body(BufferedReader in) throws IOException {
        int length = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.toLowerCase().startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            line = in.readLine();
        }
        char[] body = new char[length];
        for (int at = 0; line != null && at < length; ) {
            at += Math.max(0, in.read(body, at, length - at));
        }
        return line == null ? null : new String(body);
    }
}
