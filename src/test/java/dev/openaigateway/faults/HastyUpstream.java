package dev.openaigateway.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An upstream that responds with 413 to the head of a request of more than a megabyte, and reads nothing of its body. */
final class HastyUpstream implements AutoCloseable {

    private static final String CHAT = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"}}]}";
    private static final String REFUSAL = "{\"error\":{\"message\":\"too large for this upstream\",\"type\":\"invalid_request_error\"}}";

    private final ConnectionThreads server;
    private volatile boolean resets;
    private volatile boolean silent;

    HastyUpstream(ServerSocket server) {
        this.server = new ConnectionThreads(server, this::serve);
    }

    int port() {
        return server.port();
    }

    int connections() {
        return server.accepted();
    }

    /** Whether it resets the connection after the response; else it ends its own side first. */
    void resets(boolean now) {
        resets = now;
    }

    /** Whether it closes the connection without a response. */
    void silent(boolean now) {
        silent = now;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (int length = bodyLength(in); length >= 0; length = bodyLength(in)) {
            if (length > 1_000_000) {
                refuse(socket);
                return;
            }
            in.skipNBytes(length);
            write(socket, "200 OK\r\n", CHAT);
        }
    }

    /** To close a socket with unread bytes resets the connection. */
    private void refuse(Socket socket) throws IOException {
        if (!silent) {
            write(socket, "413 Payload Too Large\r\nConnection: close\r\n", REFUSAL);
        }
        if (!resets) {
            socket.shutdownOutput();
        }
    }

    private static void write(Socket socket, String statusAndFields, String body) throws IOException {
        socket.getOutputStream().write(("HTTP/1.1 " + statusAndFields + "Content-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The length of the next request's body; -1 at the end of the connection. */
    private static int bodyLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                String text = head.toString().toLowerCase();
                int at = text.indexOf("content-length:");
                return at < 0 ? 0 : Integer.parseInt(text.substring(at + 15, text.indexOf('\r', at)).trim());
            }
        }
        return -1;
    }
}
