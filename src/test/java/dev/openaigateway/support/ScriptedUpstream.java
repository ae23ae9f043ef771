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
 * An HTTP/1.1 upstream on a loopback port that records every request and answers by script: first what was queued, one
 * reply a request over all connections, then the default ({@code Reply.chat("Hello")} until another is set).
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

    /** Listens on that port, as an upstream that comes back does. */
    public static ScriptedUpstream start(int port) {
        try {
            return new ScriptedUpstream(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port where connections are refused. */
    public static int refusedPort() {
        try (ScriptedUpstream shortLived = start()) {
            return shortLived.port();
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}, without a slash at its end. */
    public String uri() {
        return "http://127.0.0.1:" + port();
    }

    /** Answers the next requests with these, in order. */
    public ScriptedUpstream enqueue(Reply... replies) {
        queued.addAll(List.of(replies));
        return this;
    }

    /** Answers every request for which nothing is queued. */
    public ScriptedUpstream respond(Function<RecordedRequest, Reply> replies) {
        otherwise = replies;
        return this;
    }

    public ScriptedUpstream respond(Reply reply) {
        return respond(request -> reply);
    }

    /** Resets the next connections as they are accepted, before a byte is read. */
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

    /** Requests whose peer left before the whole answer was written. */
    public List<Abort> aborts() {
        return aborts.seen();
    }

    /** The first one. */
    public Abort awaitAborted() {
        return awaitAborted(1).get(0);
    }

    public List<Abort> awaitAborted(int count) {
        return aborts.await(count, Eventually.TIMEOUT);
    }

    /** Connections that ended inside a request, or sent something that is none. */
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

    /** Stops listening and drops every connection. */
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
                // Closed by the test, or the peer left while being accepted: the loop's condition decides.
                continue;
            }
        }
    }

    /** The system may still hand out a connection that came while the server was being closed. */
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
