package dev.openaigateway.upstream.connection;

import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * A connection that is not reused after the upstream has sent more than the response to the last request. The surplus
 * would be read as the response to the next request, which may be another client's.
 *
 * <p>Surplus bytes can be in three places: the input buffer (read together with the end of the response), the TLS socket
 * (decrypted but unread) and the system's receive buffer. They are checked before each write of a request to the socket; the
 * input buffer also when the connection is released and leased, and those of TLS when it is leased. A check of the receive
 * buffer is one ioctl and never blocks, so a request of ordinary size without TLS costs one ioctl, and one setsockopt at its
 * end (benchmark row "CPU per request").
 *
 * <p>The receive buffer does not show that the upstream closed the connection. That needs a read, which waits for a
 * millisecond on a healthy connection, so no request waits for one: {@link IdleConnections} reads in the background, and
 * {@link UpstreamClient} retries a request on a connection that was closed in the meantime.
 */
final class PooledConnection extends EarlyResponseConnection implements ManagedHttpClientConnection, Identifiable {

    /** A connection cannot be leased during the read, so only connections that were idle for this time are read. */
    private static final long READ_AFTER_NANOS = Duration.ofSeconds(1).toNanos();
    /** A connection keeps three buffers of this size while a stream runs (benchmark row "very many streams"). Larger bodies bypass them. */
    private static final int BUFFER = 4 * 1024;
    /** A longer field, or more of them, is an error of the upstream; clients would not take them either. */
    static final Http1Config HEAD = Http1Config.custom().setMaxLineLength(32 * 1024).setMaxHeaderCount(256).setBufferSize(BUFFER).build();

    private final String id;
    private final ResponseParser parser;
    private final IdleConnections connections;
    private volatile boolean closed;
    private volatile long begunNanos;
    private Timeout timeout;
    private boolean waits;
    private long idleSince;

    PooledConnection(String id, ResponseParser parser, IdleConnections connections) {
        super(HEAD, (request, connection, input, sent, next) -> ((PooledConnection) connection).rejectSurplus(), parser);
        this.id = id;
        this.parser = parser;
        this.connections = connections;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Socket getSocket() {
        SocketHolder socket = getSocketHolder();
        return socket == null ? null : socket.getSocket();
    }

    /** Called before each request. What has arrived until now belongs to an earlier one, or to the handshake. */
    void begin() {
        begunNanos = System.nanoTime();
    }

    /** When bytes of any kind last arrived for the request, on the clock of {@link System#nanoTime}; 0 if none have. Thread-safe. */
    long lastSignNanos() {
        SocketHolder socket = getSocketHolder();
        long read = socket != null && socket.getBaseSocket() instanceof TimedSocket timed ? timed.lastReadNanos() : 0;
        return read == 0 || read - begunNanos < 0 ? 0 : read;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket) {
            @Override
            protected OutputStream getOutputStream(Socket plain) throws IOException {
                return new JoinedOutput(super.getOutputStream(plain));
            }
        });
    }

    @Override
    public void bind(SSLSocket tls, Socket base) throws IOException {
        if (base instanceof TimedSocket timed) {
            timed.followRecords();
        }
        bind(new SocketHolder(tls, base) {
            @Override
            protected OutputStream getOutputStream(Socket encrypted) throws IOException {
                return new JoinedOutput(super.getOutputStream(encrypted));
            }
        });
    }

    /** A call cancelled while connecting closes the connection before the socket exists, so the socket is closed here. */
    @Override
    protected void bind(SocketHolder socket) throws IOException {
        super.bind(socket);
        timeout = Timeout.ofMilliseconds(socket.getSocket().getSoTimeout());
        connections.add(this);
        if (closed) {
            connections.remove(this);
            super.close(CloseMode.IMMEDIATE);
            throw new InterruptedIOException("The connection was closed while it was connecting");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        connections.remove(this);
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        connections.remove(this);
        super.close(mode);
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        this.timeout = timeout;
    }

    /**
     * Acknowledges the response at once. Otherwise an upstream that waits for the acknowledgement would send the surplus
     * when the next request arrives, after the last check.
     */
    @Override
    public void passivate() {
        SocketHolder socket = getSocketHolder();
        if (socket != null && socket.getBaseSocket() instanceof TimedSocket timed) {
            timed.acknowledge();
        }
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
        waits(true);
    }

    /** Between release and lease the connection may be read by {@link #isAbandoned}; the lock keeps both apart. */
    private synchronized void waits(boolean now) {
        waits = now;
        if (now) {
            idleSince = System.nanoTime();
        }
    }

    /**
     * Whether the connection waits in a pool and the upstream has closed it, or sent something on it. The last check reads again if bytes
     * have arrived behind the read: they may be TLS's own.
     */
    synchronized boolean isAbandoned() {
        try {
            return waits && isOpen() && System.nanoTime() - idleSince > READ_AFTER_NANOS
                    && (isStale() || super.isStale() || isStale());
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void activate() {
        waits(false);
        super.setSocketTimeout(timeout);
    }

    /** Called by the pool at release. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !parser.hasUnread();
    }

    /**
     * Called by the pool at each lease. Without TLS the next check of the socket, before the request is written, suffices. TLS
     * may send its own records on an idle connection, such as a session ticket or a key update. Pending TLS bytes are therefore
     * read; they must be whole records without application data.
     */
    @Override
    public synchronized boolean isStale() throws IOException {
        SocketHolder socket = getSocketHolder();
        if (socket == null) {
            return true;
        }
        if (socket.getSSLSocket() == null) {
            return parser.hasUnread();
        }
        if (hasSurplus(socket)) {
            return !(socket.getBaseSocket() instanceof TimedSocket) || parser.hasUnread() || super.isStale() || hasSurplus(socket);
        }
        return false;
    }

    /** Checks a request without a body here, before the flush that writes it. A body is checked while it is written. */
    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        super.sendRequestHeader(request);
        if (request.getEntity() == null) {
            rejectSurplus();
        }
    }

    /**
     * Fails if bytes arrive before the whole request is written, unless it is the first request on this connection.
     * Otherwise returns false, which continues the request.
     */
    private boolean rejectSurplus() throws IOException {
        if (!isFirstRequest() && hasUnread()) {
            throw new NoHttpResponseException("The upstream sent more than one response to the last request");
        }
        return false;
    }

    @Override
    boolean hasUnread() throws IOException {
        return hasSurplus(ensureOpen());
    }

    private boolean hasSurplus(SocketHolder socket) throws IOException {
        Socket base = socket.getBaseSocket();
        return parser.hasUnread()
                || base.getInputStream().available() > 0
                || socket.getSSLSocket() != null && (socket.getInputStream().available() > 0
                        || base instanceof TimedSocket timed && timed.insideRecord());
    }
}
