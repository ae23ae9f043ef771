package dev.openaigateway.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An upstream that speaks TLS, keeps connections open, and repeats a request's message in its answer. */
final class EchoTlsUpstream implements AutoCloseable {

    /** What to do with a connection. */
    @FunctionalInterface
    interface Deed {

        void on(SSLSocket socket) throws IOException, InterruptedException;
    }

    private final SSLServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> surplus = new ConcurrentLinkedQueue<>();
    private final Queue<Deed> afterwards = new ConcurrentLinkedQueue<>();

    EchoTlsUpstream(SSLServerSocket server) {
        this.server = server;
        start(this::accept);
    }

    String uri() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Puts these bytes into the TLS record of the next answer, behind it. */
    void inTheRecord(String bytes) {
        surplus.add(bytes);
    }

    /** Does this once the next answer is written. */
    void afterwards(Deed deed) {
        afterwards.add(deed);
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

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                connections.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException e) {
                // The test is over: the loop's condition decides.
                continue;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String body = body(in); body != null; body = body(in)) {
                String message = body.replaceFirst("(?s).*\"content\":\"([^\"]*)\".*", "$1");
                String more = surplus.poll();
                Deed deed = afterwards.poll();
                write(socket, respond(message) + (more == null ? "" : more));
                if (deed != null) {
                    deed.on(socket);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The gateway dropped the connection, or the test is over: it ends here either way.
            return;
        }
    }

    /** The body of the next request, or null at the end. */
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

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "echo-tls-upstream");
        thread.setDaemon(true);
        thread.start();
    }
}
