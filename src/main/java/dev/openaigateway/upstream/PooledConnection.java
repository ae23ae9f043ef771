package dev.openaigateway.upstream;

import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * A connection that is not used again once the upstream sent more than the response to the last request. The surplus
 * would be taken for the response to the next request, which may be another client's.
 *
 * <p>Surplus bytes may be in three places: in the input buffer, read together with the end of the response; in the TLS
 * socket, decrypted and not read; in the system's receive buffer. They are looked for when the connection goes back to the
 * pool (input buffer only), when the pool leases it, and before each write of a request to the socket. A look at the
 * receive buffer is one ioctl and never blocks, so a request of ordinary size costs two of them, and one setsockopt at
 * its end.
 *
 * <p>The receive buffer does not show that the upstream closed the connection. This needs a read, which waits for a
 * millisecond on a good connection, so only a connection that was idle for a second is read. On one that was not,
 * {@link UpstreamClient} sends the request again.
 */
final class PooledConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection, Identifiable {

    private static final long READ_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

    private final String id;
    private final ResponseParser parser;
    private volatile boolean closed;
    private Timeout timeout;
    private long idleSince;

    PooledConnection(String id, ResponseParser parser) {
        super(null, null, null, null, null,
                (request, connection, input, sent, next) -> ((PooledConnection) connection).refuseSurplus(), null, parser);
        this.id = id;
        this.parser = parser;
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

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket base) throws IOException {
        if (base instanceof TimedSocket timed) {
            timed.followRecords();
        }
        bind(new SocketHolder(tls, base));
    }

    /** A call that was cut while it was connecting has closed the connection before there is a socket to close. */
    @Override
    protected void bind(SocketHolder socket) throws IOException {
        super.bind(socket);
        timeout = Timeout.ofMilliseconds(socket.getSocket().getSoTimeout());
        if (closed) {
            super.close(CloseMode.IMMEDIATE);
            throw new InterruptedIOException("The connection was closed while it was connecting");
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        super.close(mode);
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        this.timeout = timeout;
    }

    /**
     * Acknowledges the response at once. Otherwise an upstream that waits for it would send the surplus when the next
     * request arrives, which is after the last look.
     */
    @Override
    public void passivate() {
        SocketHolder socket = getSocketHolder();
        if (socket != null && socket.getBaseSocket() instanceof TimedSocket timed) {
            timed.acknowledge();
        }
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
        idleSince = System.nanoTime();
    }

    @Override
    public void activate() {
        super.setSocketTimeout(timeout);
    }

    /** Called by the pool at release. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !parser.hasUnread();
    }

    /**
     * Called by the pool at each lease. TLS may send records of its own on an idle connection, such as a session ticket or
     * a key update. So what came is read there; it must be whole records, and no data.
     */
    @Override
    public boolean isStale() throws IOException {
        SocketHolder socket = getSocketHolder();
        if (socket == null) {
            return true;
        }
        if (hasSurplus(socket)) {
            boolean readable = socket.getSSLSocket() != null && socket.getBaseSocket() instanceof TimedSocket;
            return !readable || parser.hasUnread() || super.isStale() || hasSurplus(socket);
        }
        return System.nanoTime() - idleSince > READ_AFTER_NANOS && (super.isStale() || hasSurplus(socket));
    }

    /** A request without a body is written by the flush that follows; the body of one that has it is watched as it is written. */
    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        super.sendRequestHeader(request);
        if (request.getEntity() == null) {
            refuseSurplus();
        }
    }

    /**
     * What arrives before the whole request is written is not taken for its response, unless no other request was sent on
     * this connection. Returns false, as the request goes on.
     */
    private boolean refuseSurplus() throws IOException {
        SocketHolder socket = ensureOpen();
        if (getEndpointDetails().getRequestCount() > 1 && hasSurplus(socket)) {
            throw new NoHttpResponseException("The upstream sent more than one response to the last request");
        }
        return false;
    }

    private boolean hasSurplus(SocketHolder socket) throws IOException {
        Socket base = socket.getBaseSocket();
        return parser.hasUnread()
                || base.getInputStream().available() > 0
                || socket.getSSLSocket() != null && (socket.getInputStream().available() > 0
                        || base instanceof TimedSocket timed && timed.insideRecord());
    }
}
