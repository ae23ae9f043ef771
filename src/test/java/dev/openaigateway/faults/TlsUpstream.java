package dev.openaigateway.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLServerSocket;

/** A TLS upstream that responds to every request with the same JSON. */
final class TlsUpstream implements AutoCloseable {

    private static final String RESPONSE = "{\"choices\":[{\"message\":{}}]}";

    private final SSLServerSocket server;

    TlsUpstream(SSLServerSocket server) {
        this.server = server;
        Thread thread = new Thread(this::serve, "tls-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] head = new byte[8192];
                if (socket.getInputStream().read(head) > 0) {
                    socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + RESPONSE.length() + "\r\n\r\n" + RESPONSE).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The gateway refused the certificate, or the test is over: the loop condition decides.
                continue;
            }
        }
    }
}
