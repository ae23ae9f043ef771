package dev.openaigateway.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts connections and serves each in a thread, until it is closed. */
final class ConnectionThreads implements AutoCloseable {

    /** Serves one connection, which is closed afterwards. */
    @FunctionalInterface
    interface Service {

        void serve(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Service service;
    private final AtomicInteger accepted = new AtomicInteger();

    ConnectionThreads(ServerSocket server, Service service) {
        this.server = server;
        this.service = service;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections accepted so far. */
    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException e) {
                // The test is over: the loop condition decides.
                continue;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            service.serve(socket);
        } catch (IOException | InterruptedException e) {
            // The gateway closed the connection, or the test is over.
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "upstream-connections");
        thread.setDaemon(true);
        thread.start();
    }
}
