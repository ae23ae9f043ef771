package dev.openaigateway.upstream.connection;

import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates the connections of a pool. The pool must validate a connection at every lease. Thread-safe.
 */
public final class PooledConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {

    private final IdleConnections idle;
    private final AtomicLong created = new AtomicLong();

    public PooledConnections(IdleConnections idle) {
        this.idle = idle;
    }

    @Override
    public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
        PooledConnection connection = new PooledConnection("upstream-" + created.incrementAndGet(), new ResponseParser(PooledConnection.HEAD), idle);
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }
}
