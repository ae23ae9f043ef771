package dev.openaigateway.upstream;

import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the connections of a pool. The pool must validate a connection each time it leases one. Thread-safe.
 */
public final class PooledConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {

    private final AtomicLong made = new AtomicLong();

    @Override
    public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
        PooledConnection connection = new PooledConnection("upstream-" + made.incrementAndGet(), new ResponseParser());
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }
}
