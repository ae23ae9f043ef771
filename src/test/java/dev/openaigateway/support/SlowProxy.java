package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A TCP proxy that delays every response of its server. If it listens with TLS, it terminates TLS. */
public final class SlowProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int targetPort;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile long delayMillis;

    public SlowProxy(int targetPort) {
        this(plainSocket(), targetPort);
    }

    public SlowProxy(ServerSocket server, int targetPort) {
        this.server = server;
        this.targetPort = targetPort;
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void delay(long millis) {
        delayMillis = millis;
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeSockets();
    }

    /** Also called for a connection that was accepted while the proxy closed, and that {@link #close} may have missed. */
    private void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                connect(client);
                if (server.isClosed()) {
                    closeSockets();
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void connect(Socket client) throws IOException {
        Socket target;
        try {
            target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        } catch (IOException down) {
            client.close();
            return;
        }
        sockets.add(target);
        daemon(() -> copy(client, target, false));
        daemon(() -> copy(target, client, true));
    }

    private void copy(Socket from, Socket to, boolean slow) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(slow ? delayMillis : 0);
                while (until - System.nanoTime() > 0) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static ServerSocket plainSocket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "slow-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
