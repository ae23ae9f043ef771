package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * An HTTP/1.1 upstream on a loopback port that records every request and responds by script. Queued replies are used first,
 * one for each request on any connection, then the default reply ({@code Reply.chat("Hello")} unless set). Thread-safe.
 */
public final class ScriptedUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Recording<RecordedRequest> requests = new Recording<>("requests");
    private final Recording<Abort> aborts = new Recording<>("aborted requests");
    private final Recording<Exception> unreadable = new Recording<>("unreadable requests");
    private final Queue<Reply> queued = new ConcurrentLinkedQueue<>();
    private final Set<UpstreamConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger toReset = new AtomicInteger();
    private volatile Function<RecordedRequest, Reply> otherwise = request -> Reply.chat("Hello");

    private ScriptedUpstream(int port) throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        Thread accepting = new Thread(this::accept, "scripted-upstream-" + port());
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Listens on a free port. */
    public static ScriptedUpstream start() {
        return start(0);
    }

    /** Listens on the given port, such as that of an upstream that was closed. */
    public static ScriptedUpstream start(int port) {
        try {
            return new ScriptedUpstream(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that refuses connections. No other server of the tests gets it meanwhile. */
    public static int refusedPort() {
        return FreePort.next();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}, without a trailing slash. */
    public String uri() {
        return "http://127.0.0.1:" + port();
    }

    /** Queues replies to the next requests, in order. */
    public ScriptedUpstream enqueue(Reply... replies) {
        queued.addAll(List.of(replies));
        return this;
    }

    /** Drops the replies that no request has got, as those of a test that has failed. */
    public void dropQueued() {
        queued.clear();
    }

    /** Sets the default reply, for requests without a queued one. */
    public ScriptedUpstream respond(Function<RecordedRequest, Reply> replies) {
        otherwise = replies;
        return this;
    }

    public ScriptedUpstream respond(Reply reply) {
        return respond(request -> reply);
    }

    /** Resets the next connections when they are accepted, before a byte is read. */
    public ScriptedUpstream resetOnAccept(int connections) {
        toReset.set(connections);
        return this;
    }

    public List<RecordedRequest> requests() {
        return requests.seen();
    }

    public List<RecordedRequest> awaitRequests(int count) {
        return awaitRequests(count, Eventually.TIMEOUT);
    }

    public List<RecordedRequest> awaitRequests(int count, Duration timeout) {
        return requests.await(count, timeout);
    }

    /** Requests whose peer disconnected before the whole response was written. */
    public List<Abort> aborts() {
        return aborts.seen();
    }

    /** Waits for the first aborted request. */
    public Abort awaitAborted() {
        return awaitAborted(1).get(0);
    }

    public List<Abort> awaitAborted(int count) {
        return aborts.await(count, Eventually.TIMEOUT);
    }

    /** Errors of connections that ended inside a request or sent an invalid one. */
    public List<Exception> unreadableRequests() {
        return unreadable.seen();
    }

    public List<Exception> awaitUnreadable(int count) {
        return unreadable.await(count, Eventually.TIMEOUT);
    }

    /** Connections accepted so far. */
    public long connections() {
        return accepted.get();
    }

    public int openConnections() {
        return open.size();
    }

    /** Bytes handed to the system so far, on all connections. */
    public long bytesSent() {
        return sent.get();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        try {
            server.close();
            for (UpstreamConnection connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException e) {
                // Closed by the test, or the peer disconnected while being accepted: the loop condition decides.
                continue;
            }
        }
    }

    /** The system may still return a connection that arrived while the server was being closed. */
    private void serve(Socket socket) throws IOException {
        long number = accepted.incrementAndGet();
        if (toReset.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            socket.setSoLinger(true, 0);
            socket.close();
            return;
        }
        socket.setTcpNoDelay(true);
        UpstreamConnection connection = new UpstreamConnection(number, socket, this);
        open.add(connection);
        if (server.isClosed()) {
            connection.close();
        } else {
            connection.start();
        }
    }

    AtomicLong sent() {
        return sent;
    }

    Reply nextQueued() {
        return queued.poll();
    }

    Reply defaultReply(RecordedRequest request) {
        return otherwise.apply(request);
    }

    void record(RecordedRequest request) {
        requests.add(request);
    }

    void record(Abort abort) {
        aborts.add(abort);
    }

    void unreadable(Exception why, boolean byScript) {
        if (!byScript && !server.isClosed() && !(why instanceof SocketException)) {
            unreadable.add(why);
        }
    }

    void closed(UpstreamConnection connection) {
        open.remove(connection);
    }
}
